import { ActionIcon, Box } from "@mantine/core";
import { IconStar, IconStarFilled } from "@tabler/icons-react";
import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, useLayoutEffect, useRef, useState } from "react";
import { Go } from "~/ui/Page";
import type { Board, Row } from "./board";
import { Cell } from "./Cell";
import classes from "./Home.module.css";
import { step } from "./step";

const rowHeight = 61;

type GridProps = { board: Board; favourites: ReadonlySet<string>; toggle: (service: string) => void; now: number };

/** The table of services and environments. Only the rows on the screen exist; the arrow keys move from cell to cell through all of them. */
export function Grid({ board: { environments, rows }, favourites, toggle, now }: GridProps) {
  const table = useRef<HTMLTableElement>(null);
  const [offset, setOffset] = useState(0);
  useLayoutEffect(() => setOffset(table.current?.offsetTop ?? 0), []);
  const virtual = useWindowVirtualizer({ count: rows.length, estimateSize: () => rowHeight, overscan: 8, scrollMargin: offset });
  const [at, setAt] = useState({ row: 0, column: 0 });

  const press = (event: KeyboardEvent) => {
    const next = step(event.key, at, rows);
    if (!next) return;
    event.preventDefault();
    setAt(next);
    virtual.scrollToIndex(next.row);
    requestAnimationFrame(() =>
      table.current?.querySelector<HTMLElement>(`tr[aria-rowindex="${next.row + 2}"] [data-column="${next.column}"]`)?.focus(),
    );
  };

  const items = virtual.getVirtualItems();
  const above = (items[0]?.start ?? offset) - offset;
  const below = virtual.getTotalSize() - ((items.at(-1)?.end ?? offset) - offset);
  return (
    <Box className={classes.frame}>
      <table ref={table} className={classes.grid} aria-rowcount={rows.length + 1} aria-label="What runs where">
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
        <tbody onKeyDown={press}>
          {above > 0 && <Spacer height={above} />}
          {items.map(({ index }) => (
            <Line
              key={rows[index]!.service}
              row={rows[index]!}
              index={index}
              now={now}
              favourite={favourites.has(rows[index]!.service)}
              toggle={toggle}
              current={at.row === index ? at.column : undefined}
            />
          ))}
          {below > 0 && <Spacer height={below} />}
        </tbody>
      </table>
    </Box>
  );
}

type LineProps = {
  row: Row;
  index: number;
  now: number;
  favourite: boolean;
  toggle: (service: string) => void;
  current?: number;
};

function Line({ row, index, now, favourite, toggle, current }: LineProps) {
  return (
    <tr aria-rowindex={index + 2}>
      <th scope="row" className={classes.name}>
        <Favourite service={row.service} on={favourite} toggle={toggle} />
        <Go
          to="/services/$service"
          params={{ service: row.service }}
          c="var(--ink)"
          fw={600}
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

function Spacer({ height }: { height: number }) {
  return (
    <tr aria-hidden style={{ height }}>
      <td colSpan={99} style={{ padding: 0, border: 0 }} />
    </tr>
  );
}
