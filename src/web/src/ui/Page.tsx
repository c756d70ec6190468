import { Anchor, type AnchorProps, Box, Breadcrumbs, Group, Stack, Text, Title } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import { createLink } from "@tanstack/react-router";
import { type ComponentPropsWithRef, type ReactNode, useEffect, useRef } from "react";
import { takeFocus } from "./focus";

function PlainAnchor(props: AnchorProps & Omit<ComponentPropsWithRef<"a">, keyof AnchorProps>) {
  return <Anchor component="a" {...props} />;
}

/** A link inside the interface; its address is checked against the site map. */
export const Go = createLink(PlainAnchor);

type PageProps = {
  title: string;
  /** Stands beside the title: a status, a switch. */
  beside?: ReactNode;
  /** One sentence below the title. */
  lead?: ReactNode;
  /** Where the page belongs; links, outermost first. */
  crumbs?: ReactNode[];
  actions?: ReactNode;
  /** Fills the whole width: tables of many columns. */
  wide?: boolean;
  children: ReactNode;
};

/** The frame of every screen: name, place, actions, content. */
export function Page({ title, beside, lead, crumbs, actions, wide, children }: PageProps) {
  useDocumentTitle(title === "Slipway" ? title : `${title} · Slipway`);
  const heading = useRef<HTMLHeadingElement>(null);
  // After a step to another screen the keyboard and the screen reader begin at its title.
  useEffect(() => takeFocus(heading.current), []);
  return (
    <Box maw={wide ? undefined : "clamp(1280px, 60vw, 2100px)"} mx="auto" w="100%">
      <Stack gap="lg">
        <Stack gap={4}>
          {crumbs && <Breadcrumbs separatorMargin={6}>{crumbs}</Breadcrumbs>}
          <Group justify="space-between" align="flex-start" gap="md">
            <Group gap="sm" align="center">
              <Title order={1} tabIndex={-1} ref={heading} style={{ outline: "none", overflowWrap: "anywhere" }}>
                {title}
              </Title>
              {beside}
            </Group>
            {actions && <Group gap="xs">{actions}</Group>}
          </Group>
          {lead && (
            <Text c="dimmed" component="div">
              {lead}
            </Text>
          )}
        </Stack>
        {children}
      </Stack>
    </Box>
  );
}
