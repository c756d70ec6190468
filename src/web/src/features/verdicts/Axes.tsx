import classes from "./Picture.module.css";
import type { Scale } from "./scale";

type Tick = { value: number; label: string };

/** Round numbers at the left, each with a faint line across. */
export function ValueAxis({ ticks, y, left, right }: { ticks: readonly Tick[]; y: Scale; left: number; right: number }) {
  return ticks.map(({ value, label }) => (
    <g key={value}>
      <path d={`M${left} ${y(value)}H${right}`} className={classes.grid} />
      <text x={left - 6} y={y(value)} dy="0.32em" textAnchor="end">
        {label}
      </text>
    </g>
  ));
}

/** Moments below the picture; what would reach over its edge is moved in. */
export function TimeAxis({ ticks, x, bottom, width }: { ticks: readonly Tick[]; x: Scale; bottom: number; width: number }) {
  return ticks.map(({ value, label }) => (
    <g key={value}>
      <path d={`M${x(value)} ${bottom}v4`} className={classes.tick} />
      <text x={x(value)} y={bottom + 16} textAnchor={width - x(value) < 4.5 * label.length ? "end" : "middle"}>
        {label}
      </text>
    </g>
  ));
}

/** A moment that matters, with its name at the top, on the side where there is room. */
export function Moment({
  at,
  top,
  bottom,
  width,
  name,
}: {
  at: number;
  top: number;
  bottom: number;
  width: number;
  name: string;
}) {
  const toTheLeft = at > width / 2 && at + 6.5 * name.length > width;
  return (
    <>
      <path d={`M${at} ${top}V${bottom}`} className={classes.moment} />
      <text x={at + (toTheLeft ? -5 : 5)} y={top + 8} textAnchor={toTheLeft ? "end" : "start"} className={classes.strong}>
        {name}
      </text>
    </>
  );
}
