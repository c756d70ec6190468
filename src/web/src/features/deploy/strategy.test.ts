import { describe, expect, it } from "vitest";
import { offeredKinds, strategyOf, usualStrategy } from "./strategy";

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

  it("red/black has what stays and for how long both serve", () =>
    expect(strategyOf({ ...usualStrategy, kind: "redBlack", wait: "5m", keep: "3", scaleDown: true })).toEqual({
      strategy: { kind: "redBlack", wait: "5m", keep: 3, scaleDown: true },
    }));

  it.each(["", "1", "0", "two", "100"])("%o generations can not be kept", (keep) =>
    expect(strategyOf({ ...usualStrategy, kind: "redBlack", keep }).errors?.keep).toBeDefined(),
  );

  it("is offered by what the instances do: those that come in groups are never changed all at once", () => {
    expect(offeredKinds(true)).not.toContain("allAtOnce");
    expect(offeredKinds(false)).not.toContain("redBlack");
  });

  it.each(["", "0", "-1", "101%", "half", "1.5"])("%o is no amount", (batch) =>
    expect(strategyOf({ ...usualStrategy, kind: "rolling", batch }).errors?.batch).toBeDefined(),
  );

  it.each(["", "30", "soon", "-1s"])("%o is no time", (soak) =>
    expect(strategyOf({ ...usualStrategy, kind: "canary", soak }).errors?.soak).toBeDefined(),
  );
});
