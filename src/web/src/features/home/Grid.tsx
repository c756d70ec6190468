import { ActionIcon } from "@mantine/core";
import { useElementSize } from "@mantine/hooks";
import { IconStar, IconStarFilled } from "@tabler/icons-react";
import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, useEffect, useLayoutEffect, useRef, useState } from "react";
import { Go } from "~/ui/Page";
import type { Board, Row } from "./board";
import { Cell } from "./Cell";
import classes from "./Home.module.css";
import { shapeOf } from "./shape";
import { type Place, step } from "./step";

/** Pixels above and below the table: the frame of the interface, title and filters. */
const around = 260;
/** Pixels beside it: the menu and the edges. */
const beside = 248;

type GridProps = { board: Board; favourites: ReadonlySet<string>; toggle: (service: string) => void; now: number };

/** The table of services and environments, or several beside each other. Only the rows on the screen exist; the arrow keys go through all of them. */
export function Grid({ board: { environments, rows }, ...rest }: GridProps) {
  const frame = useRef<HTMLDivElement>(null);
  const { ref: measure, width } = useElementSize();
  const [offset, setOffset] = useState(0);
  useLayoutEffect(() => setOffset(frame.current?.offsetTop ?? 0), []);
  const room = { width: width || window.innerWidth - beside, height: window.innerHeight - around };
  const { tables, rowHeight, tall } = shapeOf(rows.length, environments.length, room);
  const lines = Math.ceil(rows.length / tables);
  const virtual = useWindowVirtualizer({ count: lines, estimateSize: () => rowHeight, overscan: 8, scrollMargin: offset });
  // biome-ignore lint/correctness/useExhaustiveDependencies: measured anew when the rows become taller
  useEffect(() => virtual.measure(), [rowHeight, virtual]);
  const [at, setAt] = useState({ row: 0, column: 0 });

  const press = (event: KeyboardEvent) => {
    const next = step(event.key, placeOf(event.target as HTMLElement) ?? at, rows);
    if (!next) return;
    event.preventDefault();
    setAt(next);
    virtual.scrollToIndex(next.row % lines);
    requestAnimationFrame(() =>
      frame.current?.querySelector<HTMLElement>(`tr[data-row="${next.row}"] [data-column="${next.column}"]`)?.focus(),
    );
  };

  const items = virtual.getVirtualItems();
  const above = (items[0]?.start ?? offset) - offset;
  const below = virtual.getTotalSize() - ((items.at(-1)?.end ?? offset) - offset);
  return (
    <div ref={measure}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the keys come from the cells inside */}
      <div ref={frame} className={classes.tables} data-tall={tall || undefined} onKeyDown={press}>
        {Array.from({ length: tables }, (_, table) => (
          <Part
            // biome-ignore lint/suspicious/noArrayIndexKey: a table is its place
            key={table}
            label={tables > 1 ? `What runs where, part ${table + 1} of ${tables}` : "What runs where"}
            environments={environments}
            rows={rows}
            shown={items
              .map(({ index }) => table * lines + index)
              .filter((row) => row < Math.min(rows.length, (table + 1) * lines))}
            first={table * lines}
            count={Math.min(lines, rows.length - table * lines)}
            above={above}
            below={below}
            at={at}
            {...rest}
          />
        ))}
      </div>
    </div>
  );
}

/** The cell that has the focus, however it got there. */
function placeOf(element: HTMLElement): Place | undefined {
  const row = element.closest<HTMLElement>("[data-row]")?.dataset.row;
  const column = element.closest<HTMLElement>("[data-column]")?.dataset.column;
  return row === undefined || column === undefined ? undefined : { row: Number(row), column: Number(column) };
}

type PartProps = Omit<GridProps, "board"> & {
  label: string;
  environments: Board["environments"];
  rows: Row[];
  /** The rows on the screen, by their place in all of them. */
  shown: number[];
  first: number;
  count: number;
  above: number;
  below: number;
  at: Place;
};

function Part({ label, environments, rows, shown, first, count, above, below, at, favourites, toggle, now }: PartProps) {
  return (
    <div className={classes.frame}>
      <table className={classes.grid} aria-rowcount={count + 1} aria-label={label}>
        <thead>
          <tr aria-rowindex={1}>
            <th scope="col" className={classes.corner}>
              Service
            </th>
            {environments.map(({ name, description }) => (
              <th key={name} scope="col" title={description ?? undefined}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {above > 0 && <Spacer height={above} columns={environments.length + 1} />}
          {shown.map((index) => (
            <Line
              key={rows[index]!.service}
              row={rows[index]!}
              index={index}
              place={index - first}
              now={now}
              favourite={favourites.has(rows[index]!.service)}
              toggle={toggle}
              current={at.row === index ? at.column : undefined}
            />
          ))}
          {below > 0 && <Spacer height={below} columns={environments.length + 1} />}
        </tbody>
      </table>
    </div>
  );
}

type LineProps = {
  row: Row;
  /** Its place in all rows. */
  index: number;
  /** Its place in its table. */
  place: number;
  now: number;
  favourite: boolean;
  toggle: (service: string) => void;
  current?: number;
};

function Line({ row, index, place, now, favourite, toggle, current }: LineProps) {
  return (
    <tr aria-rowindex={place + 2} data-row={index}>
      <th scope="row" className={classes.name}>
        <Favourite service={row.service} on={favourite} toggle={toggle} />
        <Go
          to="/services/$service"
          params={{ service: row.service }}
          c="var(--ink)"
          fw={600}
          inherit
          className={classes.cut}
          title={row.service}
        >
          {row.service}
        </Go>
        {row.team && <span className={classes.team}>{row.team}</span>}
      </th>
      {row.cells.map((target, column) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a column is its environment
        <td key={column}>
          {target ? (
            <Cell target={target} now={now} column={column} tabIndex={current === column ? 0 : -1} />
          ) : (
            <span className={classes.none}>
              <span aria-hidden>·</span>
              <span className={classes.spoken}>not here</span>
            </span>
          )}
        </td>
      ))}
    </tr>
  );
}

export function Favourite({ service, on, toggle }: { service: string; on: boolean; toggle: (service: string) => void }) {
  return (
    <ActionIcon
      variant="subtle"
      color={on ? "yellow" : "gray"}
      size="sm"
      onClick={() => toggle(service)}
      aria-label={`${service} is a favourite`}
      aria-pressed={on}
      className={classes.star}
      data-on={on || undefined}
    >
      {on ? <IconStarFilled size={14} /> : <IconStar size={14} />}
    </ActionIcon>
  );
}

/** Stands for the rows that are not drawn. */
function Spacer({ height, columns }: { height: number; columns: number }) {
  return (
    <tr aria-hidden style={{ height }}>
      <td colSpan={columns} style={{ padding: 0, border: 0 }} />
    </tr>
  );
}
