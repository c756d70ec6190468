import { QueryClient, queryOptions } from "@tanstack/react-query";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ahead } from "./ahead";

describe("what a screen is made of, asked for ahead", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("is there when it comes at once", async () => {
    const queries = new QueryClient();
    await ahead(queries, [queryOptions({ queryKey: ["a"], queryFn: async () => 1 })]);
    expect(queries.getQueryData(["a"])).toBe(1);
  });

  it("is not waited for when it takes long", async () => {
    const over = vi.fn();
    void ahead(new QueryClient(), [queryOptions({ queryKey: ["a"], queryFn: () => new Promise<number>(() => {}) })]).then(over);
    await vi.advanceTimersByTimeAsync(149);
    expect(over).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(over).toHaveBeenCalled();
  });

  it("is not asked for again when it is known", async () => {
    const queries = new QueryClient();
    queries.setQueryData(["a"], 1, { updatedAt: 0 });
    const ask = vi.fn(async () => 2);
    await ahead(queries, [queryOptions({ queryKey: ["a"], queryFn: ask })]);
    expect(ask).not.toHaveBeenCalled();
  });
});
