import { NavLink, type NavLinkProps, Stack } from "@mantine/core";
import {
  IconInfoCircle,
  IconKey,
  IconLayoutGrid,
  IconMap2,
  IconMessage2,
  IconPlugConnected,
  IconRocket,
  IconServer2,
} from "@tabler/icons-react";
import { createLink } from "@tanstack/react-router";
import type { ComponentPropsWithRef } from "react";

function PlainNavLink(props: NavLinkProps & Omit<ComponentPropsWithRef<"a">, keyof NavLinkProps>) {
  return <NavLink component="a" {...(props as NavLinkProps)} />;
}

const NavGo = createLink(PlainNavLink);

const icon = { size: 18, stroke: 1.7, "aria-hidden": true } as const;

export function Navigation() {
  return (
    <Stack gap={2} h="100%">
      <NavGo
        to="/"
        label="Overview"
        leftSection={<IconLayoutGrid {...icon} />}
        activeOptions={{ exact: true, includeSearch: false }}
        activeProps={{ active: true }}
      />
      <NavGo
        to="/deployments"
        label="Deployments"
        leftSection={<IconRocket {...icon} />}
        activeProps={{ active: true }}
        activeOptions={{ includeSearch: false }}
      />
      <NavGo
        to="/instances"
        label="Instances"
        leftSection={<IconServer2 {...icon} />}
        activeProps={{ active: true }}
        activeOptions={{ includeSearch: false }}
      />
      <NavGo to="/environments" label="Environments" leftSection={<IconMap2 {...icon} />} activeProps={{ active: true }} />
      <NavGo
        to="/access"
        label="Tokens and agents"
        leftSection={<IconKey {...icon} />}
        activeProps={{ active: true }}
        activeOptions={{ includeSearch: false }}
      />
      <NavGo to="/connections" label="Connections" leftSection={<IconPlugConnected {...icon} />} activeProps={{ active: true }} />
      <NavGo
        to="/feedback"
        label="Feedback"
        leftSection={<IconMessage2 {...icon} />}
        activeProps={{ active: true }}
        activeOptions={{ includeSearch: false }}
      />
      <div style={{ flex: 1 }} />
      <NavGo to="/about" label="About" leftSection={<IconInfoCircle {...icon} />} activeProps={{ active: true }} />
    </Stack>
  );
}
