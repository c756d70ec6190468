import { describe, expect, it } from "vitest";
import { pathOf, pointsOf, rangeOf, roundStep, scaleOf, ticksOf } from "./scale";

describe("from values to places", () => {
  it("turned around where the end lies before the start, as upwards on a screen", () => {
    const y = scaleOf([0, 10], [100, 0]);
    expect([y(0), y(5), y(10), y(12)]).toEqual([100, 50, 0, -20]);
  });

  it("in the middle where all values are the same", () => expect(scaleOf([4, 4], [0, 80])(4)).toBe(40));

  it("the range is that of what there is", () => {
    expect(rangeOf([null, 3, -1, null, 2])).toEqual([-1, 3]);
    expect(rangeOf([null])).toBeUndefined();
  });
});

describe("round numbers", () => {
  it.each([
    [0.7, 1],
    [1, 1],
    [1.2, 2],
    [23, 25],
    [26, 50],
    [0.0031, 0.005],
  ])("the step for %d is %d", (step, expected) => expect(roundStep(step)).toBeCloseTo(expected, 10));

  it("are within the range, its ends included, and exact", () => {
    expect(ticksOf([0, 0.5], 0.1)).toEqual([0, 0.1, 0.2, 0.3, 0.4, 0.5]);
    expect(ticksOf([-70, 70], 60)).toEqual([-60, 0, 60]);
  });
});

describe("curves", () => {
  it("a missing value is a gap, not zero", () => expect(pathOf([[0, 1], [1, 2], null, [3, 4], [4, 5]])).toBe("M0 1L1 2M3 4L4 5"));

  it("a value alone between two gaps is a dot", () => expect(pathOf([null, [3, 4], null, [5, 6]])).toBe("M3 4h0M5 6h0"));

  it("only what lies within the time that is shown", () => {
    const same = (value: number) => value;
    expect(pointsOf([-20, -10, 0, 10], [1, 2, null, 4], same, same, [-10, 10])).toEqual([null, [-10, 2], null, [10, 4]]);
  });
});
