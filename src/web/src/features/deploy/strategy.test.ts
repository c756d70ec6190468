import { describe, expect, it } from "vitest";
import { strategyOf, usualStrategy } from "./strategy";

describe("the strategy that is asked for", () => {
  it("is the target's own when nobody changed it", () => expect(strategyOf(usualStrategy)).toEqual({}));

  it("all at once has no fields, whatever stands in them", () =>
    expect(strategyOf({ ...usualStrategy, kind: "allAtOnce", batch: "?" })).toEqual({ strategy: { kind: "allAtOnce" } }));

  it("rolling has batches and a pause", () =>
    expect(strategyOf({ ...usualStrategy, kind: "rolling", batch: "2", pause: "10s" })).toEqual({
      strategy: { kind: "rolling", batch: "2", pause: "10s" },
    }));

  it("canary has a first step that is watched", () =>
    expect(strategyOf({ ...usualStrategy, kind: "canary" })).toEqual({
      strategy: { kind: "canary", batch: "25%", steps: [{ instances: "1", soak: "30s" }] },
    }));

  it.each(["", "0", "-1", "101%", "half", "1.5"])("%o is no amount", (batch) =>
    expect(strategyOf({ ...usualStrategy, kind: "rolling", batch }).errors?.batch).toBeDefined(),
  );

  it.each(["", "30", "soon", "-1s"])("%o is no time", (soak) =>
    expect(strategyOf({ ...usualStrategy, kind: "canary", soak }).errors?.soak).toBeDefined(),
  );
});
