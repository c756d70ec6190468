import type { SignalDrawing, SignalVerdict } from "~/api/schema";
import { axisOf, said } from "./measures";
import { Picture } from "./Picture";
import classes from "./Picture.module.css";
import { type Scale, scaleOf } from "./scale";
import { sidesOf, spreadSaid, unitOf } from "./words";

export const spreadHeight = 190;
const edge = { left: 10, right: 14, bottom: 24 };
const rows = [
  { name: 16, strip: 40 },
  { name: 92, strip: 116 },
] as const;
const half = 11;

/** How many quantiles a side has: 5, 25, 50, 75, 95 and 99 percent. */
const complete = 6;

type SpreadProps = { signal: SignalVerdict; drawing: SignalDrawing; unchanged: number };

/** How the values of both lie: between which most of them are, and how far the rarest reach. */
export function Spread({ signal, drawing, unchanged }: SpreadProps) {
  const unit = unitOf(signal);
  const { changed, other } = sidesOf(unchanged);
  const sides = [
    { of: "changed" as const, name: capital(changed), quantiles: drawing.changedQuantiles },
    { of: "other" as const, name: capital(other), quantiles: drawing.unchangedQuantiles },
  ].filter(({ quantiles }) => quantiles.length === complete);
  return (
    <Picture
      title="How the values lie"
      height={spreadHeight}
      legend={<span className={classes.note}>box: half of them · line: 5 to 95 % · dot: 99 %</span>}
      instead={sides.length < 2 ? "Too little has been measured since the change to compare how the values lie." : undefined}
      said={sides.map(({ name, quantiles }) => spreadSaid(name, quantiles, unit)).join(" ")}
    >
      {(width) => <SpreadDrawn width={width} sides={sides} unit={unit} />}
    </Picture>
  );
}

export type SpreadSide = { of: "changed" | "other"; name: string; quantiles: readonly number[] };

export function SpreadDrawn({ width, sides, unit }: { width: number; sides: readonly SpreadSide[]; unit: string }) {
  const axis = axisOf(
    sides.flatMap(({ quantiles }) => quantiles),
    unit,
    Math.max(2, Math.min(6, Math.floor(width / 90))),
  );
  const x = scaleOf(axis.range, [edge.left, width - edge.right]);
  const bottom = spreadHeight - edge.bottom;
  return (
    <>
      {axis.ticks.map(({ value, label }, at) => (
        <g key={value}>
          <path d={`M${x(value)} ${rows[0].name + 6}V${bottom}`} className={classes.grid} />
          <text x={x(value)} y={bottom + 16} textAnchor={at === 0 ? "start" : at === axis.ticks.length - 1 ? "end" : "middle"}>
            {label}
          </text>
        </g>
      ))}
      {sides.map((side, at) => (
        <Strip key={side.of} side={side} row={rows[at]!} x={x} unit={unit} />
      ))}
    </>
  );
}

type StripProps = { side: SpreadSide; row: { name: number; strip: number }; x: Scale; unit: string };

function Strip({ side: { of, name, quantiles }, row, x, unit }: StripProps) {
  const [least, quarter, middle, threeQuarters, most, rarest] = quantiles.map(x) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const y = row.strip;
  return (
    <g data-of={of} className={classes.strip}>
      <text x={edge.left} y={row.name}>
        {name}: <tspan className={classes.strong}>{said(quantiles[2]!, unit)}</tspan> in the middle
      </text>
      <path d={`M${least} ${y}H${most}M${least} ${y - 5}v10M${most} ${y - 5}v10`} className={classes.whisker} />
      <rect
        x={quarter}
        y={y - half}
        width={Math.max(2, threeQuarters - quarter)}
        height={2 * half}
        rx={2}
        className={classes.box}
      />
      <path d={`M${middle} ${y - half - 3}v${2 * half + 6}`} className={classes.middle} />
      <circle cx={rarest} cy={y} r={3} className={classes.rarest} />
    </g>
  );
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
