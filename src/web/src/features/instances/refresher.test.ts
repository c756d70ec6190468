import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { refresher } from "./refresher";

describe("asking again after changes", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("asks at once, and once more for everything that came meanwhile", async () => {
    const ask = vi.fn(async () => undefined);
    const { poke } = refresher(ask, 1000);
    poke();
    poke();
    poke();
    expect(ask).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(1000);
    expect(ask).toHaveBeenCalledTimes(2);
    await vi.advanceTimersByTimeAsync(5000);
    expect(ask).toHaveBeenCalledTimes(2);
  });

  it("an answer that takes long is not interrupted and slows the next", async () => {
    const ask = vi.fn(() => new Promise((done) => setTimeout(done, 3000)));
    const { poke } = refresher(ask, 1000);
    poke();
    await vi.advanceTimersByTimeAsync(1500);
    poke();
    await vi.advanceTimersByTimeAsync(4000);
    expect(ask).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(600);
    expect(ask).toHaveBeenCalledTimes(2);
  });

  it("goes on after a failure, and not after its end", async () => {
    const ask = vi.fn(() => Promise.reject(new Error("no answer")));
    const { poke, stop } = refresher(ask, 1000);
    poke();
    poke();
    await vi.advanceTimersByTimeAsync(1000);
    expect(ask).toHaveBeenCalledTimes(2);
    stop();
    poke();
    await vi.advanceTimersByTimeAsync(5000);
    expect(ask).toHaveBeenCalledTimes(2);
  });
});
