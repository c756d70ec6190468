/** From a value to its place in a picture. Pure, like everything here. */
export type Scale = (value: number) => number;

export type Range = readonly [from: number, to: number];

export function scaleOf([from, to]: Range, [start, end]: Range): Scale {
  const span = to - from;
  return (value) => (span === 0 ? (start + end) / 2 : start + ((value - from) / span) * (end - start));
}

/** Smallest and largest of what there is; undefined: nothing is. */
export function rangeOf(values: readonly (number | null)[]): Range | undefined {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? undefined : [Math.min(...known), Math.max(...known)];
}

/** The next of 1, 2, 2.5 and 5 times a power of ten that is not smaller. */
export function roundStep(step: number): number {
  const power = 10 ** Math.floor(Math.log10(step));
  const part = step / power;
  const found = [1, 2, 2.5, 5, 10].find((each) => part <= each * 1.000001) ?? 10;
  return found * power;
}

/** Multiples of the step within the range, its ends included. */
export function ticksOf([from, to]: Range, step: number): number[] {
  const first = Math.ceil(from / step - 1e-6);
  const last = Math.floor(to / step + 1e-6);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, at) => clean((first + at) * step));
}

/** A sum of tenths is no 0.30000000000000004, and zero has no sign. */
function clean(value: number): number {
  return Number(value.toPrecision(12)) + 0;
}

export type Point = readonly [x: number, y: number];

/** A path through the points. Null is a gap; a point alone between two gaps becomes a dot where lines have round ends. */
export function pathOf(points: readonly (Point | null)[]): string {
  let path = "";
  points.forEach((point, at) => {
    if (!point) return;
    const [x, y] = point;
    const begins = at === 0 || points[at - 1] === null;
    path += `${begins ? "M" : "L"}${place(x)} ${place(y)}`;
    if (begins && (points[at + 1] ?? null) === null) path += "h0";
  });
  return path;
}

/** A tenth of a pixel is enough. */
function place(value: number): number {
  return Math.round(value * 10) / 10 + 0;
}

/** The points of a curve on the screen. */
export function pointsOf(
  seconds: readonly number[],
  values: readonly (number | null)[],
  x: Scale,
  y: Scale,
  [from, to]: Range,
): (Point | null)[] {
  return seconds.map((second, at) => {
    const value = values[at] ?? null;
    return value === null || second < from || second > to ? null : [x(second), y(value)];
  });
}
