import { Text } from "@mantine/core";
import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import type { Deployment } from "~/api/schema";
import classes from "./DeploymentList.module.css";
import { DeploymentHead, DeploymentRow } from "./DeploymentRow";
import { byDay, dayName } from "./days";

type DeploymentListProps = { deployments: Deployment[]; hasMore: boolean; loading: boolean; loadMore: () => void };

type Line = { key: string; heading: string; count: number } | { key: string; deployment: Deployment };

/** Day after day, newest first. Only the lines in sight exist; more is asked for before the end is reached. */
export function DeploymentList({ deployments, hasMore, loading, loadMore }: DeploymentListProps) {
  const lines = useMemo(() => linesOf(deployments), [deployments]);
  const body = useRef<HTMLTableSectionElement>(null);
  const [top, setTop] = useState(0);
  useLayoutEffect(() => setTop(body.current?.offsetTop ?? 0), []);
  const list = useWindowVirtualizer({
    count: lines.length,
    estimateSize: (at) => (isHeading(lines[at]) ? 38 : 45),
    getItemKey: (at) => lines[at]?.key ?? at,
    overscan: 12,
    scrollMargin: top,
  });
  const items = list.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (hasMore && !loading && last >= lines.length - 10) loadMore();
  }, [last, lines.length, hasMore, loading, loadMore]);

  return (
    <>
      <table className={classes.table} aria-label="Deployments, newest first" aria-rowcount={hasMore ? -1 : lines.length + 1}>
        <DeploymentHead />
        <tbody ref={body} style={{ height: list.getTotalSize() }}>
          {items.map(({ index, key, start }) => {
            const line = lines[index];
            if (!line) return null;
            const place = {
              "data-index": index,
              ref: list.measureElement,
              style: { transform: `translateY(${start - top}px)` },
            };
            return isHeading(line) ? (
              <tr key={key} className={`${classes.line} ${classes.day}`} {...place}>
                <th scope="rowgroup">
                  {line.heading} <span className="numbers">{line.count}</span>
                </th>
              </tr>
            ) : (
              <DeploymentRow key={key} deployment={line.deployment} className={classes.line} {...place} />
            );
          })}
        </tbody>
      </table>
      <Text size="sm" c="dimmed" ta="center" p="md" role="status" mih={52}>
        {hasMore ? "Loading older ones…" : "That is all of them."}
      </Text>
    </>
  );
}

function linesOf(deployments: Deployment[]): Line[] {
  const now = new Date();
  return byDay(deployments).flatMap(({ day, date, deployments }) => [
    { key: day, heading: dayName(date, now), count: deployments.length },
    ...deployments.map((deployment) => ({ key: deployment.id, deployment })),
  ]);
}

function isHeading(line: Line | undefined): line is Extract<Line, { heading: string }> {
  return line !== undefined && "heading" in line;
}
