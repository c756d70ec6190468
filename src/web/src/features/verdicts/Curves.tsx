import type { SignalDrawing, SignalVerdict } from "~/api/schema";
import { Moment, TimeAxis, ValueAxis } from "./Axes";
import { axisOf, timeTicks } from "./measures";
import { Legend, Picture } from "./Picture";
import classes from "./Picture.module.css";
import { pathOf, pointsOf, type Range, type Scale, scaleOf } from "./scale";
import { curvesSaid, pointSaid, sidesOf, titleOf, unitOf, valuesSaid } from "./words";

export const curvesHeight = 190;
const edge = { top: 14, right: 8, bottom: 24, left: 64 };

/** The past is shown no further back than this many times what came after, and at least this long. Seconds. */
const pastShown = 2;
const leastPast = 600;

/** Fewer points than this are no curve. */
export const fewest = 3;

type CurvesProps = { signal: SignalVerdict; drawing: SignalDrawing; unchanged: number };

/** The changed against the unchanged instances over time, and when the change was. */
export function Curves({ signal, drawing, unchanged }: CurvesProps) {
  const { other } = sidesOf(unchanged);
  const unit = unitOf(signal);
  const has = (values: (number | null)[]) => values.filter((value) => value !== null).length;
  const few = Math.max(has(drawing.changed), has(drawing.unchanged)) < fewest;
  return (
    <Picture
      title={`${titleOf(signal.signal)} over time`}
      legend={<Legend changed="changed" other={has(drawing.unchanged) > 0 ? other : undefined} />}
      height={curvesHeight}
      instead={few ? "Too little has been measured yet to draw it over time." : undefined}
      said={`${curvesSaid(titleOf(signal.signal), drawing, unit)} Each point: ${pointSaid(signal.signal)}.`}
    >
      {(width) => <CurvesDrawn width={width} drawing={drawing} unit={unit} />}
    </Picture>
  );
}

export function CurvesDrawn({ width, drawing, unit }: { width: number; drawing: SignalDrawing; unit: string }) {
  const { seconds, changed, unchanged } = drawing;
  const range = timeRange(seconds);
  const within = (values: (number | null)[]) => values.filter((_, at) => seconds[at]! >= range[0]);
  const axis = axisOf([...within(changed), ...within(unchanged)], unit);
  const [right, bottom] = [width - edge.right, curvesHeight - edge.bottom];
  const x = scaleOf(range, [edge.left, right]);
  const y = scaleOf(axis.range, [bottom, edge.top]);
  const curve = (values: (number | null)[]) => pathOf(pointsOf(seconds, values, x, y, range));
  return (
    <>
      <ValueAxis ticks={axis.ticks} y={y} left={edge.left} right={right} />
      <TimeAxis ticks={timeTicks(range, (right - edge.left) / 74)} x={x} bottom={bottom} width={width} />
      {range[0] <= 0 && range[1] >= 0 && <Moment at={x(0)} top={edge.top - 10} bottom={bottom} width={right} name="change" />}
      <path d={curve(unchanged)} className={classes.curve} data-of="other" />
      <path d={curve(changed)} className={classes.curve} data-of="changed" />
      <Values drawing={drawing} unit={unit} range={range} x={x} />
    </>
  );
}

/** What the curves are at the moment under the pointer. */
function Values({ drawing, unit, range, x }: { drawing: SignalDrawing; unit: string; range: Range; x: Scale }) {
  const { seconds } = drawing;
  return seconds.map((second, at) => {
    if (second < range[0]) return null;
    const [before, after] = [seconds[at - 1] ?? second, seconds[at + 1] ?? second];
    const left = x(Math.max(range[0], (before + second) / 2));
    return (
      <rect key={second} x={left} y={0} width={x((second + after) / 2) - left} height={curvesHeight} className={classes.touch}>
        <title>{valuesSaid(drawing, at, unit)}</title>
      </rect>
    );
  });
}

/** What is shown of the time: a long past would leave no room for what came after the change. */
export function timeRange(seconds: readonly number[]): Range {
  const [first = 0, last = 0] = [seconds[0], seconds.at(-1)];
  return [Math.max(first, -Math.max(leastPast, pastShown * last)), Math.max(last, 0)];
}
