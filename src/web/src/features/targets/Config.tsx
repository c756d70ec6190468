import { Drawer, Select, Stack, Table, Text } from "@mantine/core";
import { IconAdjustments } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { ConfigRevision, Target } from "~/api/schema";
import { Empty, Loaded } from "~/ui/Faces";
import { When } from "~/ui/When";
import { configRevisions } from "./queries";
import classes from "./Target.module.css";

type ConfigProps = { target: Target; opened: boolean; close: () => void };

/** The settings that the instances were given: names and values; of secrets only the names. */
export function Config({ target, opened, close }: ConfigProps) {
  return (
    <Drawer opened={opened} onClose={close} size="lg" title={`Config of ${target.service} in ${target.environment}`}>
      {opened && <Content target={target} />}
    </Drawer>
  );
}

function Content({ target }: { target: Target }) {
  return (
    <Loaded query={useQuery(configRevisions(target))}>{({ items }) => <Revisions revisions={items} target={target} />}</Loaded>
  );
}

function Revisions({ revisions, target }: { revisions: ConfigRevision[]; target: Target }) {
  const [wish, setWish] = useState<string | null>(null);
  const newest = revisions[0];
  if (!newest)
    return (
      <Empty icon={<IconAdjustments size={24} />} title="No settings">
        Values come from slipway.yaml, or are set with the API. Instances get them with the next deployment.
      </Empty>
    );
  const running = target.configRevision;
  const shown = revisions.find(({ number }) => String(number) === (wish ?? String(running))) ?? newest;
  return (
    <Stack gap="md">
      {newest.number !== running && (
        <div className={classes.sentence} data-tone="busy">
          Revision {newest.number} is newer than what runs; instances get it with the next deployment.
        </div>
      )}
      <Select
        label="Revision"
        value={String(shown.number)}
        onChange={setWish}
        allowDeselect={false}
        data={revisions.map(({ number }) => ({
          value: String(number),
          label: number === running ? `${number} (runs now)` : String(number),
        }))}
        w={200}
      />
      <Text size="sm" c="dimmed">
        Made <When at={shown.createdAt} />
        {shown.createdBy && ` by ${shown.createdBy}`}
      </Text>
      <Values revision={shown} />
    </Stack>
  );
}

function Values({ revision: { values, secretNames = [] } }: { revision: ConfigRevision }) {
  const rows = [
    ...Object.entries(values).map(([name, value]) => ({ name, value, secret: false })),
    ...secretNames.map((name) => ({ name, value: "hidden", secret: true })),
  ].sort((a, b) => a.name.localeCompare(b.name));
  if (rows.length === 0) return <Text size="sm">This revision has no values.</Text>;
  return (
    <Table layout="fixed">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Name</Table.Th>
          <Table.Th>Value</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows.map(({ name, value, secret }) => (
          <Table.Tr key={name}>
            <Table.Td ff="monospace" fz="xs" style={{ overflowWrap: "anywhere" }}>
              {name}
            </Table.Td>
            <Table.Td
              ff={secret ? undefined : "monospace"}
              fz="xs"
              c={secret ? "dimmed" : undefined}
              style={{ overflowWrap: "anywhere" }}
            >
              {value}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
