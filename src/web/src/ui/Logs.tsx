import { ActionIcon, Box, Group, Text, Tooltip } from "@mantine/core";
import { IconArrowBarToDown, IconTextWrap } from "@tabler/icons-react";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useRef, useState } from "react";
import classes from "./Logs.module.css";
import { useLogTail } from "./useLogTail";

type LogsProps = { instance: string; service: string; height?: number };

/** The output of a service on an instance, as it comes. Stays at the end until the reader scrolls up. */
export function Logs({ instance, service, height = 360 }: LogsProps) {
  const { lines, state } = useLogTail(instance, service);
  const [wrap, setWrap] = useState(false);
  const [follow, setFollow] = useState(true);
  const frame = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({
    count: lines.length,
    getScrollElement: () => frame.current,
    estimateSize: () => 20,
    overscan: 20,
  });

  useEffect(() => {
    if (follow && lines.length > 0) rows.scrollToIndex(lines.length - 1, { align: "end" });
  }, [lines.length, follow, rows]);

  const scrolled = () => {
    const box = frame.current;
    if (box) setFollow(box.scrollHeight - box.scrollTop - box.clientHeight < 40);
  };

  return (
    <Box className={classes.logs}>
      <Group justify="space-between" px="sm" py={4} className={classes.bar}>
        <Text size="xs" c="dimmed" role="status">
          {state === "open" ? `${service} on ${instance}` : state === "connecting" ? "Connecting…" : state}
        </Text>
        <Group gap={2}>
          <Tooltip label={wrap ? "Do not break long lines" : "Break long lines"}>
            <ActionIcon
              size="sm"
              variant={wrap ? "light" : "subtle"}
              color="gray"
              onClick={() => setWrap(!wrap)}
              aria-label="Break long lines"
              aria-pressed={wrap}
            >
              <IconTextWrap size={16} />
            </ActionIcon>
          </Tooltip>
          <Tooltip label={follow ? "Follows the end" : "Follow the end again"}>
            <ActionIcon
              size="sm"
              variant={follow ? "light" : "subtle"}
              color="gray"
              onClick={() => setFollow(true)}
              aria-label="Follow the end"
              aria-pressed={follow}
            >
              <IconArrowBarToDown size={16} />
            </ActionIcon>
          </Tooltip>
        </Group>
      </Group>
      <div
        ref={frame}
        className={classes.frame}
        style={{ height }}
        onScroll={scrolled}
        tabIndex={0}
        role="log"
        aria-label={`Output of ${service} on ${instance}`}
        aria-live="off"
      >
        <div style={{ height: rows.getTotalSize(), position: "relative", minWidth: "100%" }}>
          {rows.getVirtualItems().map((row) => (
            <div
              key={row.key}
              ref={rows.measureElement}
              data-index={row.index}
              className={classes.line}
              data-wrap={wrap || undefined}
              data-note={lines[row.index]?.startsWith("[slipway]") || undefined}
              style={{ transform: `translateY(${row.start}px)` }}
            >
              {lines[row.index] || " "}
            </div>
          ))}
        </div>
      </div>
    </Box>
  );
}
