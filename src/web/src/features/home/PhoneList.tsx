import { Group, Stack, Text } from "@mantine/core";
import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { useLayoutEffect, useRef, useState } from "react";
import { Card } from "~/ui/Card";
import { Go } from "~/ui/Page";
import type { Board, Row } from "./board";
import { Cell } from "./Cell";
import { Favourite } from "./Grid";
import classes from "./Home.module.css";

type PhoneListProps = { board: Board; favourites: ReadonlySet<string>; toggle: (service: string) => void; now: number };

/** The same for a narrow screen: a card for each service, a line for each environment it runs in. */
export function PhoneList({ board: { environments, rows }, favourites, toggle, now }: PhoneListProps) {
  const list = useRef<HTMLUListElement>(null);
  const [offset, setOffset] = useState(0);
  useLayoutEffect(() => setOffset(list.current?.offsetTop ?? 0), []);
  const virtual = useWindowVirtualizer({
    count: rows.length,
    estimateSize: () => 160,
    overscan: 4,
    scrollMargin: offset,
    gap: 10,
  });

  return (
    <ul ref={list} className={classes.cards} style={{ height: virtual.getTotalSize() }} aria-label="What runs where">
      {virtual.getVirtualItems().map(({ index, start, key }) => (
        <li key={key} ref={virtual.measureElement} data-index={index} style={{ transform: `translateY(${start - offset}px)` }}>
          <ServiceCard
            row={rows[index]!}
            names={environments.map(({ name }) => name)}
            favourite={favourites.has(rows[index]!.service)}
            toggle={toggle}
            now={now}
          />
        </li>
      ))}
    </ul>
  );
}

type ServiceCardProps = { row: Row; names: string[]; favourite: boolean; toggle: (service: string) => void; now: number };

function ServiceCard({ row, names, favourite, toggle, now }: ServiceCardProps) {
  return (
    <Card label={row.service}>
      <Stack gap={6}>
        <Group gap={6} wrap="nowrap">
          <Favourite service={row.service} on={favourite} toggle={toggle} />
          <Go to="/services/$service" params={{ service: row.service }} c="var(--ink)" fw={600} className={classes.cut}>
            {row.service}
          </Go>
          {row.team && (
            <Text size="xs" c="dimmed" ml="auto">
              {row.team}
            </Text>
          )}
        </Group>
        {row.cells.map(
          (target, index) =>
            target && (
              <div key={names[index]} className={classes.phoneLine}>
                <Text size="sm" c="dimmed" className={classes.cut}>
                  {names[index]}
                </Text>
                <Cell target={target} now={now} />
              </div>
            ),
        )}
        {row.cells.every((target) => !target) && (
          <Text size="sm" c="dimmed">
            Runs nowhere yet.
          </Text>
        )}
      </Stack>
    </Card>
  );
}
