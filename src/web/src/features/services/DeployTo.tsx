import { Button, Menu, type MenuItemProps } from "@mantine/core";
import { IconChevronDown } from "@tabler/icons-react";
import { createLink } from "@tanstack/react-router";
import type { ComponentPropsWithRef } from "react";
import type { ServiceVersion, Target } from "~/api/schema";
import { Allowed } from "~/features/session/Allowed";

function PlainItem(props: MenuItemProps & Omit<ComponentPropsWithRef<"a">, keyof MenuItemProps>) {
  return <Menu.Item component="a" {...props} />;
}

const ItemGo = createLink(PlainItem);

/** Chooses where; the deploy screen then shows what would happen. */
export function DeployTo({ version, targets }: { version: ServiceVersion; targets: Target[] }) {
  if (targets.length === 0) return null;
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <div>
          <Allowed scope="deploy" service={version.service}>
            <Button
              size="compact-sm"
              variant="default"
              rightSection={<IconChevronDown size={14} />}
              aria-label={`Deploy ${version.version} to…`}
            >
              Deploy
            </Button>
          </Allowed>
        </div>
      </Menu.Target>
      <Menu.Dropdown>
        {targets.map(({ service, environment, version: running }) => (
          <ItemGo
            key={environment}
            to="/targets/$service/$environment/deploy"
            params={{ service, environment }}
            search={{ version: version.version }}
          >
            to {environment}
            {running === version.version ? " (runs there)" : ""}
          </ItemGo>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
