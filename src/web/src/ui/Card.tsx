import { Box, Group, Title } from "@mantine/core";
import type { CSSProperties, ReactNode } from "react";

const frame: CSSProperties = {
  background: "var(--surface)",
  border: "1px solid var(--line)",
  borderRadius: "var(--mantine-radius-md)",
};

// Positioned, so that what is hidden for eyes inside a wide table scrolls with it instead of widening the page.
const scrolls: CSSProperties = { overflowX: "auto", position: "relative" };

type CardProps = {
  title?: ReactNode;
  actions?: ReactNode;
  /** The content reaches the edge, as tables do. */
  flush?: boolean;
  /** It never scrolls sideways, so that what sticks in it sticks to the window. */
  still?: boolean;
  label?: string;
  children: ReactNode;
};

/** One subject on a screen. */
export function Card({ title, actions, flush, still, label, children }: CardProps) {
  return (
    <Box component="section" style={frame} aria-label={label ?? (typeof title === "string" ? title : undefined)}>
      {(title || actions) && (
        <Group justify="space-between" px="md" pt="sm" pb={flush ? "xs" : 0} mih={40}>
          {typeof title === "string" ? <Title order={2}>{title}</Title> : title}
          {actions}
        </Group>
      )}
      <Box p={flush ? 0 : "md"} style={flush && !still ? scrolls : undefined}>
        {children}
      </Box>
    </Box>
  );
}
