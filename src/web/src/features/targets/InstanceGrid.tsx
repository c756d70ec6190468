import { useElementSize } from "@mantine/hooks";
import { useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, useRef, useState } from "react";
import { Dot } from "~/ui/Status";
import { Spot, Tile } from "~/ui/Tile";
import { age, useNow } from "~/ui/time";
import classes from "./Instances.module.css";
import { counted, type Member, stateOf } from "./words";

export type Look = "tiles" | "dots";

/** Pixels: the smallest width of one, the height of a row, the gap. */
const sizes = { tiles: { width: 200, height: 84, gap: 8 }, dots: { width: 24, height: 24, gap: 2 } } as const;

type GridProps = { members: readonly Member[]; version: string | null | undefined; look: Look; open: (name: string) => void };

/** Thousands stay usable: only the rows in sight are drawn, and the arrow keys walk through them with one stop for the tab key. */
export function InstanceGrid({ members, version, look, open }: GridProps) {
  const { ref: measure, width } = useElementSize();
  const frame = useRef<HTMLDivElement>(null);
  const size = sizes[look];
  const columns = Math.max(1, Math.floor((width + size.gap) / (size.width + size.gap)));
  const rows = useVirtualizer({
    count: width > 0 ? Math.ceil(members.length / columns) : 0,
    getScrollElement: () => frame.current,
    estimateSize: () => size.height + size.gap,
    overscan: 6,
  });
  const { at, walk } = useWalk(members.length, columns, frame, (index) => rows.scrollToIndex(Math.floor(index / columns)));

  return (
    <div ref={frame} className={classes.frame}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the keys come from the buttons inside */}
      <div ref={measure} style={{ height: rows.getTotalSize() || size.height, position: "relative" }} onKeyDown={walk}>
        {rows.getVirtualItems().map((row) => (
          <div
            key={`${look}-${row.key}`}
            className={classes.row}
            style={{
              transform: `translateY(${row.start}px)`,
              gap: size.gap,
              gridTemplateColumns:
                look === "tiles" ? `repeat(${columns}, minmax(0, 1fr))` : `repeat(${columns}, ${size.width}px)`,
            }}
          >
            {members.slice(row.index * columns, (row.index + 1) * columns).map((member, column) => {
              const index = row.index * columns + column;
              const common = { member, version, open, index, tabIndex: index === at ? 0 : -1 };
              return look === "tiles" ? (
                <TileFace key={member.instance.name} {...common} />
              ) : (
                <SpotFace key={member.instance.name} {...common} />
              );
            })}
          </div>
        ))}
      </div>
    </div>
  );
}

const steps: Record<string, (columns: number) => number> = {
  ArrowRight: () => 1,
  ArrowLeft: () => -1,
  ArrowDown: (columns) => columns,
  ArrowUp: (columns) => -columns,
  Home: () => Number.NEGATIVE_INFINITY,
  End: () => Number.POSITIVE_INFINITY,
};

function useWalk(count: number, columns: number, frame: { current: HTMLElement | null }, show: (index: number) => void) {
  const [place, setPlace] = useState(0);
  const at = Math.min(place, count - 1);
  const walk = (event: KeyboardEvent<HTMLElement>) => {
    const step = steps[event.key]?.(columns);
    const from = Number((event.target as HTMLElement).dataset.index ?? at);
    if (step === undefined) return;
    event.preventDefault();
    const to = Math.max(0, Math.min(count - 1, from + step));
    setPlace(to);
    show(to);
    // The row may have to be drawn first.
    requestAnimationFrame(() =>
      requestAnimationFrame(() => frame.current?.querySelector<HTMLElement>(`[data-index="${to}"]`)?.focus()),
    );
  };
  return { at, walk };
}

type OneProps = {
  member: Member;
  version: string | null | undefined;
  open: (name: string) => void;
  index: number;
  tabIndex: number;
};

function TileFace({ member, version, open, index, tabIndex }: OneProps) {
  const now = useNow();
  const { instance, service } = member;
  const { tone, label } = stateOf(member);
  const restarts = service?.restarts ?? 0;
  const since = instance.connected ? service?.since : instance.lastSeenAt;
  return (
    <Tile
      tone={tone}
      data-index={index}
      tabIndex={tabIndex}
      onClick={() => open(instance.name)}
      title={service?.reason ?? undefined}
    >
      <span className={classes.face} data-other={isOther(member, version) || undefined}>
        <span className={classes.line}>
          <span className={classes.name}>{instance.name}</span>
          <span className={classes.state}>
            <Dot tone={tone} live={tone === "busy"} />
            {label}
          </span>
        </span>
        <span className={classes.line}>
          <span className={classes.version}>{service?.runningVersion ?? "runs nothing"}</span>
          {since && <span className={classes.note}>{age(Date.parse(since), now)}</span>}
        </span>
        <span className={classes.note}>
          {service?.reason ?? (restarts > 0 ? counted(restarts, "restart") : labelled(instance.labels))}
        </span>
      </span>
    </Tile>
  );
}

function SpotFace({ member, version, open, index, tabIndex }: OneProps) {
  const { instance, service } = member;
  const { tone, label } = stateOf(member);
  const said = [`${instance.name}: ${label}`, service?.runningVersion, service?.reason].filter(Boolean).join(", ");
  return (
    <Spot
      tone={tone}
      other={isOther(member, version)}
      told={said}
      data-index={index}
      tabIndex={tabIndex}
      onClick={() => open(instance.name)}
    />
  );
}

function labelled(labels: Readonly<Record<string, string>>): string {
  return Object.entries(labels)
    .map(([key, value]) => `${key}=${value}`)
    .join(" ");
}

function isOther({ service }: Member, version: string | null | undefined): boolean {
  return Boolean(version && service?.runningVersion && service.runningVersion !== version);
}
