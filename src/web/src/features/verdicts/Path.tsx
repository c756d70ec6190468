import type { SignalDrawing, SignalVerdict } from "~/api/schema";
import { Moment, TimeAxis } from "./Axes";
import { fewest } from "./Curves";
import { timeTicks } from "./measures";
import { Picture } from "./Picture";
import classes from "./Picture.module.css";
import { pathOf, pointsOf, type Range, rangeOf, scaleOf } from "./scale";
import { pathSaid, spanSaid } from "./words";

export const pathHeight = 190;
const edge = { top: 14, right: 8, bottom: 24, left: 56 };

type PathProps = { signal: SignalVerdict; drawing: SignalDrawing };

/** How the evidence grew, and the line at which it is certain. */
export function Path({ signal, drawing }: PathProps) {
  const points = drawing.path.filter((value) => value !== null).length;
  return (
    <Picture
      title="Evidence that it is worse"
      legend={<span className={classes.note}>at the dashed line it is certain</span>}
      height={pathHeight}
      instead={points < fewest || signal.boundary <= 0 ? `${pathSaid(signal)} It is too early to draw how it grew.` : undefined}
      said={pathSaid(signal)}
    >
      {(width) => <PathDrawn width={width} signal={signal} drawing={drawing} />}
    </Picture>
  );
}

type PathDrawnProps = { width: number; signal: Pick<SignalVerdict, "boundary" | "crossedAfter">; drawing: SignalDrawing };

export function PathDrawn({ width, signal: { boundary, crossedAfter }, drawing: { seconds, path } }: PathDrawnProps) {
  const time: Range = [0, Math.max(seconds.at(-1) ?? 0, crossedAfter ?? 0, 1)];
  const [right, bottom] = [width - edge.right, pathHeight - edge.bottom];
  const x = scaleOf(time, [edge.left, right]);
  const y = scaleOf(evidenceRange(path, boundary), [bottom, edge.top]);
  return (
    <>
      <TimeAxis ticks={timeTicks(time, (right - edge.left) / 74)} x={x} bottom={bottom} width={width} />
      <Level at={y(0)} name="none" right={right} />
      <Level at={y(boundary)} name="certain" right={right} certain />
      {crossedAfter != null && (
        <Moment at={x(crossedAfter)} top={edge.top - 10} bottom={bottom} width={right} name={`after ${spanSaid(crossedAfter)}`} />
      )}
      <path d={pathOf(pointsOf(seconds, path, x, y, time))} className={classes.curve} data-of="changed" />
      {crossedAfter != null && <circle cx={x(crossedAfter)} cy={y(boundary)} r={4.5} className={classes.crossing} />}
    </>
  );
}

function Level({ at, name, right, certain }: { at: number; name: string; right: number; certain?: true }) {
  return (
    <>
      <path d={`M${edge.left} ${at}H${right}`} className={certain ? classes.boundary : classes.grid} />
      <text x={edge.left - 6} y={at} dy="0.32em" textAnchor="end" className={certain && classes.strong}>
        {name}
      </text>
    </>
  );
}

/** Both lines are always seen. Evidence against it being worse is shown as long as it does not take the room. */
export function evidenceRange(path: readonly (number | null)[], boundary: number): Range {
  const [low, high] = rangeOf(path) ?? [0, 0];
  return [Math.min(0, low), Math.max(boundary, high) * 1.08];
}
