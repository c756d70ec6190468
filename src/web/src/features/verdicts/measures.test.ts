import { describe, expect, it } from "vitest";
import { axisOf, said, share, timeTicks } from "./measures";

const labels = (ticks: { label: string }[]) => ticks.map(({ label }) => label);

describe("numbers as people say them", () => {
  it.each([
    [212_400_000, "bytes", "212 MB"],
    [830_000, "bytes/s", "830 KB/s"],
    [44.31, "ms", "44.3 ms"],
    [1240, "ms", "1.24 s"],
    [0.05, "ms", "50 µs"],
    [0.42, "cores", "0.42 cores"],
    [1, "cores", "1 core"],
    [0.0213, share, "2.13 %"],
    [12_345.6, "", "12,346"],
    [0, "bytes", "0 B"],
    [3, "jobs", "3 jobs"],
  ])("%d in %s is %s", (value, unit, expected) => expect(said(value, unit)).toBe(expected));
});

describe("an axis", () => {
  it("begins at zero where that hides nothing", () =>
    expect(labels(axisOf([3, 40, null, 44], "ms").ticks)).toEqual(["0 ms", "20 ms", "40 ms", "60 ms"]));

  it("has one unit for all its numbers", () =>
    expect(labels(axisOf([0, 1900], "ms").ticks)).toEqual(["0 s", "0.5 s", "1 s", "1.5 s", "2 s"]));

  it("does not make a small change look large", () => {
    const { range } = axisOf([200, 201], "ms");
    expect(range[1] - range[0]).toBeGreaterThanOrEqual(40);
  });

  it("has room where nothing was counted", () => expect(axisOf([0, 0], "").range).toEqual([0, 1]));

  it("has room for what is below zero", () => expect(axisOf([-5, 5], "").range[0]).toBeLessThanOrEqual(-5));

  it.each([
    [[-600, 240], 7, ["−10 min", "−8 min", "−6 min", "−4 min", "−2 min", "0", "+2 min", "+4 min"]],
    [[0, 90], 4, ["0", "+30 s", "+60 s", "+90 s"]],
    [[-7200, 3600], 3, ["−2 h", "−1 h", "0", "+1 h"]],
  ] as const)("of time from %j in at most %d steps", (range, most, expected) =>
    expect(labels(timeTicks(range, most))).toEqual(expected),
  );
});
