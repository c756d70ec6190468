import { Button, type ButtonProps, Menu, type MenuItemProps } from "@mantine/core";
import { IconChevronDown } from "@tabler/icons-react";
import { createLink } from "@tanstack/react-router";
import type { ComponentPropsWithRef } from "react";
import type { ServiceVersion, Target } from "~/api/schema";
import { Allowed } from "~/features/session/Allowed";

function PlainItem(props: MenuItemProps & Omit<ComponentPropsWithRef<"a">, keyof MenuItemProps>) {
  return <Menu.Item component="a" {...props} />;
}

const ItemGo = createLink(PlainItem);

type DeployToProps = { version: ServiceVersion; targets: Target[] };

/** Chooses where; the deploy screen then shows what would happen. */
export function DeployTo({ version, targets }: DeployToProps) {
  if (targets.length === 0) return null;
  return (
    <Allowed scope="deploy" service={version.service}>
      <Choice version={version} targets={targets} />
    </Allowed>
  );
}

/** Refused, it is only the button that says why. */
function Choice({ version, targets, ...refused }: DeployToProps & ButtonProps & ComponentPropsWithRef<"button">) {
  const button = (
    <Button
      size="compact-sm"
      variant="default"
      rightSection={<IconChevronDown size={14} />}
      aria-label={`Deploy ${version.version} to…`}
      {...refused}
    >
      Deploy
    </Button>
  );
  if (refused["aria-disabled"]) return button;
  return (
    <Menu position="bottom-end">
      <Menu.Target>{button}</Menu.Target>
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
