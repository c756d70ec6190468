import { useElementSize } from "@mantine/hooks";
import { IconAlertTriangleFilled, IconArrowBackUp } from "@tabler/icons-react";
import { useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, memo, useMemo, useRef, useState } from "react";
import { Dot, Tag } from "~/ui/Status";
import { Spot, Tile } from "~/ui/Tile";
import { stageLook } from "~/ui/tone";
import classes from "./Board.module.css";
import { type BoardRow, type Group, type Tile as One, rowsOf } from "./board";

/** Until the width is known, so that the height hardly changes then. */
const firstGuess = 740;
const heights = { heading: 36, tile: 72, dots: 24 };

type BoardGridProps = { groups: Group[]; dense: boolean; selected?: string; open: (instance: string) => void };

/** Tiles, or dots where there are hundreds. Only the rows in sight exist; the arrow keys go from one to the next. */
export function BoardGrid({ groups, dense, selected, open }: BoardGridProps) {
  const { ref, width } = useElementSize();
  const frame = useRef<HTMLDivElement>(null);
  const room = width || firstGuess;
  const columns = Math.max(1, dense ? Math.floor(room / 24) : Math.floor((room + 8) / 184));
  const rows = useMemo(() => rowsOf(groups, columns), [groups, columns]);
  const list = useVirtualizer({
    count: rows.length,
    getScrollElement: () => frame.current,
    estimateSize: (at) => (rows[at]?.heading ? heights.heading : dense ? heights.dots : heights.tile),
    getItemKey: (at) => rows[at]?.key ?? at,
    overscan: 6,
  });
  const keyboard = useArrowKeys(rows, columns, (row) => list.scrollToIndex(row), frame);

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys go on from whichever instance has the focus
    <div ref={frame} className={classes.frame} onKeyDown={keyboard.onKeyDown}>
      <div ref={ref} style={{ height: list.getTotalSize(), position: "relative" }}>
        {list.getVirtualItems().map(({ index, key, start }) => {
          const row = rows[index];
          if (!row) return null;
          return (
            <div key={key} className={classes.row} style={{ transform: `translateY(${start}px)` }}>
              {row.heading ? (
                <Heading group={row.group} />
              ) : (
                <div
                  className={dense ? classes.dots : classes.cells}
                  style={{ gridTemplateColumns: dense ? `repeat(${columns}, 24px)` : `repeat(${columns}, minmax(0, 1fr))` }}
                >
                  {row.tiles.map((tile, at) => {
                    const Face = dense ? DotFace : TileFace;
                    return (
                      <Face
                        key={tile.instance}
                        tile={tile}
                        position={row.first + at}
                        tabIndex={row.first + at === keyboard.active ? 0 : -1}
                        selected={tile.instance === selected}
                        open={open}
                      />
                    );
                  })}
                </div>
              )}
            </div>
          );
        })}
      </div>
    </div>
  );
}

/** One stop for the tab key; from there the arrows. */
function useArrowKeys(
  rows: BoardRow[],
  columns: number,
  show: (row: number) => void,
  frame: React.RefObject<HTMLElement | null>,
) {
  const [wanted, setActive] = useState(0);
  const count = rows.reduce((sum, row) => sum + (row.heading ? 0 : row.tiles.length), 0);
  const active = Math.min(wanted, Math.max(0, count - 1));
  const onKeyDown = (event: KeyboardEvent) => {
    const from = Number((event.target as HTMLElement).dataset.position ?? Number.NaN);
    if (Number.isNaN(from)) return;
    const steps: Record<string, number> = {
      ArrowRight: from + 1,
      ArrowLeft: from - 1,
      ArrowDown: from + columns,
      ArrowUp: from - columns,
      Home: 0,
      End: count - 1,
    };
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const to = Math.min(Math.max(0, step), count - 1);
    setActive(to);
    show(rows.findIndex((row) => !row.heading && to >= row.first && to < row.first + row.tiles.length));
    requestAnimationFrame(() => frame.current?.querySelector<HTMLElement>(`[data-position="${to}"]`)?.focus());
  };
  return { active, onKeyDown };
}

function Heading({ group: { title, stage, tiles } }: { group: Group }) {
  return (
    <div className={classes.heading}>
      <h3>{title}</h3>
      <span className="numbers">{tiles.length.toLocaleString("en")}</span>
      {stage && stage.status !== "pending" && (
        <Tag tone={stageLook[stage.status].tone} live={stage.status === "running"}>
          {stageLook[stage.status].label}
        </Tag>
      )}
    </div>
  );
}

type FaceProps = { tile: One; position: number; tabIndex: number; selected: boolean; open: (instance: string) => void };

const TileFace = memo(function TileFace({ tile, position, tabIndex, selected, open }: FaceProps) {
  return (
    <Tile
      tone={tile.tone}
      selected={selected}
      style={{ height: heights.tile - 8 }}
      data-position={position}
      tabIndex={tabIndex}
      onClick={() => open(tile.instance)}
    >
      <span className={classes.name}>
        <span>{tile.instance}</span>
        {tile.version && <span className={classes.version}>{tile.version}</span>}
      </span>
      <span className={classes.step} data-tone={tile.tone}>
        {tile.first ? (
          <IconAlertTriangleFilled size={12} aria-label="failed first" color="var(--bad)" />
        ) : tile.back ? (
          <IconArrowBackUp size={13} aria-hidden />
        ) : (
          <Dot tone={tile.tone} live={tile.tone === "busy"} />
        )}
        {tile.first && tile.back ? `failed, ${tile.label}` : tile.label}
      </span>
      <span className={classes.way} aria-hidden>
        {[1, 2, 3, 4, 5].map((step) => (
          <span key={step} data-tone={step <= tile.way ? tile.tone : undefined} />
        ))}
      </span>
    </Tile>
  );
});

const DotFace = memo(function DotFace({ tile, position, tabIndex, selected, open }: FaceProps) {
  const told = `${tile.instance}: ${tile.label}${tile.version ? `, runs ${tile.version}` : ""}`;
  return (
    <Spot
      tone={tile.first ? "bad" : tile.tone}
      selected={selected}
      told={told}
      data-position={position}
      tabIndex={tabIndex}
      onClick={() => open(tile.instance)}
    />
  );
});
