import { Button } from "@mantine/core";
import { useElementSize } from "@mantine/hooks";
import { IconServer2 } from "@tabler/icons-react";
import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import { Empty, Failed, Waiting } from "~/ui/Faces";
import { Go } from "~/ui/Page";
import classes from "./Fleet.module.css";
import { FleetRow } from "./FleetRow";
import { type FleetSearch, filterOf, narrowings } from "./filter";
import { useFleet } from "./queries";

const pageSize = 200;
/** A line, and a card where the room is narrow (Fleet.module.css). Pixels. */
const [lineHeight, cardHeight, narrowBelow] = [44, 98, 760];
/** Here a line has room for more services. Pixels. */
const wideFrom = 1600;
const columns = ["Name", "State", "Environment", "Services", "Labels", "Agent", "Last seen"];

type FleetTableProps = { search: FleetSearch; narrow: (next: FleetSearch) => void };

/** Draws only what is on the screen, and asks for more before the reader gets there: 10,000 instances scroll like ten. */
export function FleetTable({ search, narrow }: FleetTableProps) {
  const filter = useMemo(() => filterOf(search), [search]);
  const fleet = useFleet(filter, pageSize);
  const all = useMemo(() => fleet.data?.pages.flatMap((page) => page.items), [fleet.data]);
  const { ref: frame, width } = useElementSize<HTMLTableElement>();
  const top = useRef<HTMLTableSectionElement>(null);
  const [offset, setOffset] = useState(0);
  useLayoutEffect(() => {
    if (top.current) setOffset(top.current.getBoundingClientRect().top + window.scrollY);
  });

  const height = width > 0 && width < narrowBelow ? cardHeight : lineHeight;
  const rows = useWindowVirtualizer({
    count: all?.length ?? 0,
    estimateSize: () => height,
    getItemKey: (index) => all?.[index]?.name ?? index,
    overscan: 12,
    scrollMargin: offset,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: measured anew when lines become cards
  useEffect(() => rows.measure(), [height, rows]);

  const items = rows.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = fleet;
  useEffect(() => {
    if (all && hasNextPage && !isFetchingNextPage && last >= all.length - pageSize / 2) void fetchNextPage();
  }, [all, last, hasNextPage, isFetchingNextPage, fetchNextPage]);

  if (!all)
    return fleet.isError ? <Failed error={fleet.error} retry={() => void fleet.refetch()} /> : <Waiting rows={12} height={28} />;
  if (all.length === 0) return <Nobody search={search} narrow={narrow} />;
  return (
    <table className={classes.table} aria-label="Instances" aria-rowcount={hasNextPage ? -1 : all.length + 1} ref={frame}>
      <thead>
        <tr className={classes.head} aria-rowindex={1}>
          {columns.map((column) => (
            <th key={column} scope="col" className={columnClass[column]}>
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody className={classes.body} style={{ height: rows.getTotalSize() }} ref={top}>
        {items.map(({ key, index, start }) => (
          <FleetRow
            key={key}
            instance={all[index]!}
            index={index}
            top={start - offset}
            height={height}
            services={width >= wideFrom ? 6 : 2}
          />
        ))}
      </tbody>
    </table>
  );
}

const columnClass: Record<string, string | undefined> = { Labels: classes.labels, "Last seen": classes.seen };

function Nobody({ search, narrow }: FleetTableProps) {
  if (narrowings(search).length > 0)
    return (
      <Empty icon={<IconServer2 size={24} />} title="No instance is like that">
        <Button variant="default" mt="xs" onClick={() => narrow({})}>
          Show all instances
        </Button>
      </Empty>
    );
  return (
    <Empty icon={<IconServer2 size={24} />} title="No instance has joined yet">
      An instance runs an agent, and the agent runs your services.{" "}
      <Go to="/instances" search={{ join: true }}>
        Join the first one
      </Go>
      : one line to run there.
    </Empty>
  );
}
