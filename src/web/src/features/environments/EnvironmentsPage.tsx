import { Button, Group, Text } from "@mantine/core";
import { IconMap2, IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { SlipwayEnvironment } from "~/api/schema";
import { instancesSummary } from "~/features/instances/queries";
import { Allowed } from "~/features/session/Allowed";
import { allTargets } from "~/features/targets/queries";
import { Card } from "~/ui/Card";
import { Empty, Loaded } from "~/ui/Faces";
import { Go, Page } from "~/ui/Page";
import { type Column, Rows } from "~/ui/Rows";
import { Tag } from "~/ui/Status";
import { EnvironmentForm } from "./EnvironmentForm";
import { allEnvironments } from "./queries";
import { RemoveEnvironment } from "./RemoveEnvironment";

type Editing = { environment?: SlipwayEnvironment; order: number };

/** The places that versions are promoted through, in their order. */
export function EnvironmentsPage() {
  const query = useQuery(allEnvironments);
  const [editing, setEditing] = useState<Editing>();
  const last = Math.max(0, ...(query.data ?? []).map(({ order }) => order));

  return (
    <Page
      title="Environments"
      lead="The places that versions are promoted through, in this order."
      actions={
        <Allowed scope="admin">
          <Button leftSection={<IconPlus size={16} />} onClick={() => setEditing({ order: last + 1 })}>
            New environment
          </Button>
        </Allowed>
      }
    >
      <Card flush label="Environments">
        <Loaded query={query}>
          {(environments) =>
            environments.length === 0 ? (
              <Empty icon={<IconMap2 size={24} />} title="There is no environment yet">
                Make one here, or let the first instance that joins name it.
              </Empty>
            ) : (
              <EnvironmentTable
                environments={environments}
                edit={(environment) => setEditing({ environment, order: environment.order })}
              />
            )
          }
        </Loaded>
      </Card>
      {editing && <EnvironmentForm {...editing} close={() => setEditing(undefined)} />}
    </Page>
  );
}

type EnvironmentTableProps = { environments: SlipwayEnvironment[]; edit: (environment: SlipwayEnvironment) => void };

function EnvironmentTable({ environments, edit }: EnvironmentTableProps) {
  const { data: targets = [] } = useQuery(allTargets);
  const { data: instances } = useQuery(instancesSummary({}));
  const [removing, setRemoving] = useState<string>();

  const columns: Column<SlipwayEnvironment>[] = [
    { title: "Name", kind: "heading", cell: (environment) => <Name environment={environment} /> },
    {
      title: "For",
      cell: ({ description }) => (
        <Text size="sm" c="dimmed">
          {description}
        </Text>
      ),
    },
    {
      title: "Services",
      kind: "numeric",
      cell: ({ name }) => targets.filter((target) => target.environment === name && target.version).length,
    },
    {
      title: "Instances",
      kind: "numeric",
      cell: ({ name }) => (
        <Go to="/instances" search={{ environment: name }} inherit>
          {String(instances?.environments[name] ?? 0)}
        </Go>
      ),
    },
    {
      title: "Actions",
      kind: "actions",
      cell: (environment) => <Actions name={environment.name} edit={() => edit(environment)} remove={setRemoving} />,
    },
  ];
  return (
    <>
      <Rows label="Environments" columns={columns} items={environments} id={({ name }) => name} />
      <RemoveEnvironment name={removing} close={() => setRemoving(undefined)} />
    </>
  );
}

function Name({ environment: { name, confirm } }: { environment: SlipwayEnvironment }) {
  return (
    <Group gap="xs">
      <Go to="/" search={{ env: [name] }} inherit>
        {name}
      </Go>
      {confirm && <Tag tone="warn">asks before a deployment</Tag>}
    </Group>
  );
}

function Actions({ name, edit, remove }: { name: string; edit: () => void; remove: (name: string) => void }) {
  return (
    <Group gap={4} justify="flex-end" wrap="nowrap">
      <Allowed scope="admin">
        <Button size="compact-sm" variant="subtle" onClick={edit} aria-label={`Change ${name}`}>
          Change
        </Button>
      </Allowed>
      <Allowed scope="admin">
        <Button size="compact-sm" variant="subtle" c="var(--bad)" onClick={() => remove(name)} aria-label={`Remove ${name}`}>
          Remove
        </Button>
      </Allowed>
    </Group>
  );
}
