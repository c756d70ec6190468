import { type Range, rangeOf, roundStep, ticksOf } from "./scale";

/** The unit that numbers of a size are best said in, and how much one of it is. */
type Measure = { size: number; unit: string };

/** A part of a whole: of requests, of probes. */
export const share = "share";

const kilo = 1000;
const ladders: Record<string, Measure[]> = {
  bytes: ["B", "KB", "MB", "GB", "TB"].map((unit, at) => ({ size: kilo ** at, unit })),
  "bytes/s": ["B/s", "KB/s", "MB/s", "GB/s"].map((unit, at) => ({ size: kilo ** at, unit })),
  ms: [
    { size: 0.001, unit: "µs" },
    { size: 1, unit: "ms" },
    { size: 1000, unit: "s" },
  ],
  cores: [{ size: 1, unit: "cores" }],
  [share]: [{ size: 0.01, unit: "%" }],
};

function measureFor(unit: string, value: number): Measure {
  const ladder = ladders[unit] ?? [{ size: 1, unit }];
  return ladder.findLast(({ size }) => Math.abs(value) >= size) ?? ladder.find(({ size }) => size === 1) ?? ladder[0]!;
}

/** "44 ms", "1.2 s", "212 MB", "0.4 cores", "2.1 %", "1,230". */
export function said(value: number, unit: string): string {
  return worded(value, measureFor(unit, value));
}

function worded(value: number, { size, unit }: Measure): string {
  const number = number3(value / size);
  if (unit === "cores" && number === "1") return "1 core";
  return unit ? `${number} ${unit}` : number;
}

/** Three digits say enough; of what is larger, the whole part. */
function number3(value: number): string {
  const exact = Math.abs(value) >= 1000 ? { maximumFractionDigits: 0 } : { maximumSignificantDigits: 3 };
  return (value + 0).toLocaleString("en", exact);
}

export type Axis = { range: Range; ticks: { value: number; label: string }[] };

/** A smaller change than this part of the whole must not look like a large one. */
const leastSpan = 0.2;

/** An axis on which all of the values have room, with a few round numbers. From zero unless that would hide what is seen. */
export function axisOf(values: readonly (number | null)[], unit: string, most = 4): Axis {
  const [low, high] = rangeOf(values) ?? [0, 0];
  const [from, to] = widened(low >= 0 && low < high / 2 ? 0 : low, high);
  const measure = measureFor(unit, Math.max(Math.abs(from), Math.abs(to)));
  const step = roundStep((to - from) / measure.size / most) * measure.size;
  const range: Range = [Math.floor(from / step + 1e-6) * step, Math.ceil(to / step - 1e-6) * step];
  return { range, ticks: ticksOf(range, step).map((value) => ({ value, label: worded(value, measure) })) };
}

function widened(low: number, high: number): Range {
  const least = leastSpan * Math.max(Math.abs(low), Math.abs(high));
  if (least === 0) return [0, 1];
  const more = Math.max(0, least - (high - low)) / 2;
  return [low >= 0 ? Math.max(0, low - more) : low - more, high + more];
}

const steps = [10, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400];

/** Round moments before and after the change, so few that their names do not touch. */
export function timeTicks(range: Range, most: number): { value: number; label: string }[] {
  const step = steps.find((each) => (range[1] - range[0]) / each <= most) ?? steps.at(-1)!;
  return ticksOf(range, step).map((value) => ({ value, label: momentSaid(value, step) }));
}

function momentSaid(seconds: number, step: number): string {
  if (seconds === 0) return "0";
  const sign = seconds < 0 ? "−" : "+";
  const size = step >= 3600 ? 3600 : step >= 60 ? 60 : 1;
  const unit = { 3600: "h", 60: "min", 1: "s" }[size];
  return `${sign}${Math.abs(seconds) / size} ${unit}`;
}
