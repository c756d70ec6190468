import { Button, Group, Pill, Text } from "@mantine/core";
import type { InstanceSummary } from "~/api/schema";
import { useMe } from "~/features/session/queries";
import { isOutdated } from "./agentVersion";
import { type FleetSearch, narrowings } from "./filter";

type NarrowedProps = { search: FleetSearch; narrow: (next: FleetSearch) => void; summary?: InstanceSummary };

/** How many there are, and by what the list is narrowed; each can be taken away. */
export function Narrowed({ search, narrow, summary }: NarrowedProps) {
  const all = narrowings(search);
  return (
    <Group gap="xs" mih={30}>
      <Text fw={600} className="numbers" role="status">
        {summary ? <Counts summary={summary} /> : " "}
      </Text>
      {all.map(({ key, text, without }) => (
        <Pill
          key={key}
          withRemoveButton
          onRemove={() => narrow(without)}
          removeButtonProps={{ "aria-label": `No longer only ${text}`, "aria-hidden": false, tabIndex: 0 }}
        >
          {text}
        </Pill>
      ))}
      {all.length > 1 && (
        <Button variant="subtle" size="compact-xs" onClick={() => narrow({})}>
          All instances
        </Button>
      )}
    </Group>
  );
}

function Counts({ summary }: { summary: InstanceSummary }) {
  const { serverVersion } = useMe();
  const away = summary.total - summary.connected;
  const outdated = Object.entries(summary.agentVersions)
    .filter(([version]) => isOutdated(version, serverVersion))
    .reduce((sum, [, count]) => sum + count, 0);
  return (
    <>
      {summary.total.toLocaleString("en")} {summary.total === 1 ? "instance" : "instances"}
      {away > 0 && (
        <Text span fw={500} c="var(--warn)">
          {" "}
          · {away.toLocaleString("en")} away
        </Text>
      )}
      {outdated > 0 && (
        <Text span fw={500} c="dimmed">
          {" "}
          · {outdated.toLocaleString("en")} with an outdated agent
        </Text>
      )}
    </>
  );
}
