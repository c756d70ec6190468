import { expect, test, vi } from "vitest";
import { persistently } from "./persistently";

test("what can not be loaded is tried again until it can", async () => {
  vi.useFakeTimers();
  const load = vi
    .fn()
    .mockRejectedValueOnce(new Error("reset"))
    .mockRejectedValueOnce(new Error("reset"))
    .mockResolvedValue("there");
  const loaded = persistently(load);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(load).toHaveBeenCalledTimes(2);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(await loaded).toBe("there");
  vi.useRealTimers();
});
