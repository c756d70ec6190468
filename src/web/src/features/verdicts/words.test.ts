import { describe, expect, it } from "vitest";
import { share } from "./measures";
import { drawn, signal } from "./samples";
import { comparedSaid, curvesSaid, effectSaid, missingSaid, pathSaid, spreadSaid, titleOf, unitOf, valuesSaid } from "./words";

describe("what was compared", () => {
  it.each([
    [2, 4, "2 changed instances compared with 4 that kept the version before"],
    [1, 0, "1 changed instance compared with their own past"],
    [0, 3, "No instance with the new version has been measured yet"],
  ])("%d changed, %d unchanged", (changed, unchanged, expected) => expect(comparedSaid({ changed, unchanged })).toBe(expected));
});

describe("what is missing", () => {
  it.each([
    [{ needs: "350s" }, "Needs about 6 min more"],
    [{ needs: "80s" }, "Needs about 80 s more"],
    [{ needs: "6m", needsRequests: 3271 }, "Needs about 6 min more, or about 3,300 requests more"],
    [{}, undefined],
  ])("%j", (missing, expected) => expect(missingSaid(missing)).toBe(expected));
});

describe("a signal", () => {
  it("is called as people call it, and one of the service's own by its name", () => {
    expect(["cpu", "metric:queue_depth", "newSignal"].map(titleOf)).toEqual(["CPU", "queue_depth", "newSignal"]);
  });

  it("is counted, a share, or in its unit", () => {
    expect(unitOf({ signal: "restarts" })).toBe("");
    expect(unitOf({ signal: "requestErrors", unit: null })).toBe(share);
    expect(unitOf({ signal: "memory", unit: "bytes" })).toBe("bytes");
  });

  it.each([
    [{ effect: 0.46, low: 0.31, high: 0.62 }, "Most likely 46 % more; at least 31 % more, at most 62 % more"],
    [{ effect: 2.4 }, "Most likely 3.4 times as much"],
    [{ effect: -0.4, high: 0 }, "Most likely 40 % less; at most as before"],
    [{ low: 0.1 }, undefined],
  ])("changes by %j", (change, expected) => expect(effectSaid(change)).toBe(expected));
});

describe("pictures for who cannot see them", () => {
  const drawing = { ...drawn({ after: 240, usual: 30 }), seconds: [-20, -10, 0, 10, 20] };

  it("the curves: where both were before the change and since", () =>
    expect(
      curvesSaid("Time of requests", { ...drawing, changed: [30, 31, null, 44, 46], unchanged: [30, 30, 30, 31, 30] }, "ms"),
    ).toBe(
      "Time of requests over time. The changed instances: about 30.5 ms before the change, about 45 ms since. The unchanged: about 30 ms before the change, about 30 ms since.",
    ));

  it("the curves where nobody is unchanged and nothing was measured since", () =>
    expect(
      curvesSaid("CPU", { ...drawing, changed: [1, 1, null, null, null], unchanged: [null, null, null, null, null] }, "cores"),
    ).toBe("CPU over time. The changed instances: about 1 core before the change, nothing since."));

  it("the curves at a moment", () => {
    const both = { ...drawing, changed: [30, 31, null, 44, null], unchanged: [30, 30, 30, 31, null] };
    const moments = [0, 2, 3, 4].map((at) => valuesSaid(both, at, "ms"));
    expect(moments).toEqual([
      "20 s before the change: changed 30 ms, unchanged 30 ms",
      "at the change: unchanged 30 ms",
      "10 s after the change: changed 44 ms, unchanged 31 ms",
      "20 s after the change: nothing measured",
    ]);
  });

  it("how the values lie", () =>
    expect(spreadSaid("Changed", [41, 43, 44, 46, 51, 60], "ms")).toBe(
      "Changed: half of the values lie between 43 ms and 46 ms, the middle one is 44 ms, and 95 % are below 51 ms.",
    ));

  it.each([
    [{ evidence: 11, crossedAfter: 210 }, "The evidence that it is worse became certain 3 min 30 s after the change."],
    [{ evidence: 4.2 }, "The evidence that it is worse has reached 50 % of what would be certain."],
    [{ evidence: 8.39 }, "The evidence that it is worse has reached 99 % of what would be certain."],
    [{ evidence: -1 }, "There is no evidence that it is worse."],
  ])("the evidence at %j", (rest, expected) => expect(pathSaid(signal(rest))).toBe(expected));
});
