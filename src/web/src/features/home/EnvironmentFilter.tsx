import { Button, Menu } from "@mantine/core";
import { IconCheck, IconChevronDown } from "@tabler/icons-react";
import type { SlipwayEnvironment } from "~/api/schema";

type EnvironmentFilterProps = {
  environments: SlipwayEnvironment[];
  chosen: string[] | undefined;
  choose: (chosen: string[] | undefined) => void;
};

/** Which columns the overview has; none chosen means all. */
export function EnvironmentFilter({ environments, chosen = [], choose }: EnvironmentFilterProps) {
  const toggle = (name: string) => {
    const next = chosen.includes(name) ? chosen.filter((other) => other !== name) : [...chosen, name];
    choose(next.length > 0 ? next : undefined);
  };
  return (
    <Menu closeOnItemClick={false} position="bottom-start">
      <Menu.Target>
        <Button variant="default" fw={400} rightSection={<IconChevronDown size={14} />}>
          {chosen.length === 0 ? "All environments" : chosen.length === 1 ? chosen[0] : `${chosen.length} environments`}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {environments.map(({ name }) => (
          <Menu.Item
            key={name}
            role="menuitemcheckbox"
            aria-checked={chosen.includes(name)}
            rightSection={<IconCheck size={16} style={{ visibility: chosen.includes(name) ? "visible" : "hidden" }} />}
            onClick={() => toggle(name)}
          >
            {name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
