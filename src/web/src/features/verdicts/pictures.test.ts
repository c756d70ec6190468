import { createElement, type ReactElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { Curves, CurvesDrawn, timeRange } from "./Curves";
import { evidenceRange, Path, PathDrawn } from "./Path";
import { Drawing } from "./Picture";
import { Spread, SpreadDrawn } from "./Spread";
import { drawn, failing, signal } from "./samples";

const moments = { changedAt: "2026-11-24T12:00:00Z", judgedAt: "2026-11-24T12:04:00Z" };
const slow = failing("d-0000000000", "web-1", moments).signals[0]!;
const drawing = slow.drawing!;
const shown = (element: ReactElement) => renderToStaticMarkup(element);
/** The first path with so many strokes or more. */
const curves = (svg: string) => [...svg.matchAll(/<path d="(M[^"]*L[^"]*)"/g)].map(([, path]) => path!);

describe("the curves", () => {
  const svg = shown(createElement(CurvesDrawn, { width: 600, drawing, unit: "ms" }));

  it("are both drawn, with the moment of the change and round numbers", () => {
    expect(curves(svg)).toHaveLength(2);
    expect(svg).toContain(">change</text>");
    expect(svg).toMatch(/>\d+ ms<\/text>/);
    expect(svg).toContain(">+2 min</text>");
  });

  it("have a gap while the changed are warming up", () => {
    const [unchanged, changed] = curves(svg);
    expect(unchanged!.match(/M/g)).toHaveLength(1);
    expect(changed!.match(/M/g)).toHaveLength(2);
  });

  it("stay within the picture", () => {
    for (const [, x, y] of curves(svg)
      .join("")
      .matchAll(/[ML]([\d.-]+) ([\d.-]+)/g)) {
      expect(Number(x)).toBeGreaterThanOrEqual(0);
      expect(Number(x)).toBeLessThanOrEqual(600);
      expect(Number(y)).toBeGreaterThanOrEqual(0);
      expect(Number(y)).toBeLessThanOrEqual(190);
    }
  });

  it("leave room for what came after the change", () => {
    expect(timeRange([-3600, 0, 240])).toEqual([-600, 240]);
    expect(timeRange([-3600, 0, 1200])).toEqual([-2400, 1200]);
    expect(timeRange([-60, 0, 10])).toEqual([-60, 10]);
  });
});

describe("the strips", () => {
  it("say the middle of both", () => {
    const sides = [
      { of: "changed", name: "Changed", quantiles: [41, 43, 44, 46, 51, 60] },
      { of: "other", name: "Unchanged", quantiles: [28, 29, 30, 31, 34, 40] },
    ] as const;
    const svg = shown(createElement(SpreadDrawn, { width: 400, sides, unit: "ms" }));
    expect(svg).toMatch(/Changed: <tspan[^>]*>44 ms</);
    expect(svg).toMatch(/Unchanged: <tspan[^>]*>30 ms</);
    expect(svg.match(/<rect/g)).toHaveLength(2);
  });
});

describe("the evidence", () => {
  it("is drawn against the line, with the moment when it was crossed", () => {
    const svg = shown(createElement(PathDrawn, { width: 400, signal: slow, drawing }));
    expect(svg).toContain(">certain</text>");
    expect(svg).toContain(">after 3 min 30 s</text>");
    expect(svg).toContain("<circle");
  });

  it("has no such moment while it is not certain", () => {
    const svg = shown(createElement(PathDrawn, { width: 400, signal: { boundary: 8.4 }, drawing }));
    expect(svg).not.toContain("<circle");
    expect(svg).not.toContain(">after ");
  });

  it("always has both lines in sight", () => {
    expect(evidenceRange([null, 0, 1], 8)[1]).toBeGreaterThan(8);
    expect(evidenceRange([0, 20], 8)[1]).toBeGreaterThan(20);
    expect(evidenceRange([0, -2], 8)[0]).toBe(-2);
    expect(evidenceRange([3, 4], 8)[0]).toBe(0);
  });
});

describe("where there is too little to draw", () => {
  const few = {
    ...drawn({ after: 20, usual: 1 }),
    seconds: [-10, 0, 10],
    changed: [1, null, null],
    unchanged: [1, 1, null],
    path: [null, 0, 0.1],
    changedQuantiles: [],
  };
  const props = { signal: signal({ evidence: 0.1 }), drawing: few, unchanged: 2 };

  it.each([
    ["the curves", createElement(Curves, props), "Too little has been measured yet"],
    ["the strips", createElement(Spread, props), "Too little has been measured since the change"],
    ["the evidence", createElement(Path, props), "The evidence that it is worse has reached 1 %"],
  ])("%s are words", (_, element, words) => {
    const html = shown(element);
    expect(html).toContain(words);
    expect(html).not.toContain('role="img"');
  });
});

it("a drawing says what is seen", () =>
  expect(shown(createElement(Drawing, { width: 10, height: 10, said: "It grew." }))).toContain(
    'role="img" aria-label="It grew."',
  ));
