import { Button, Group, Stack, Text } from "@mantine/core";
import type { Connection, ConnectionType } from "~/api/schema";
import { Allowed } from "~/features/session/Allowed";
import { Fact, Facts } from "~/features/targets/Fact";
import { Card } from "~/ui/Card";
import { Go } from "~/ui/Page";
import { When } from "~/ui/When";
import { Diagnosis } from "./Diagnosis";
import { factsOf } from "./fields";
import { useTestConnection } from "./queries";

type ConnectionProps = {
  connection: Connection;
  type: ConnectionType | undefined;
  /** The services that deploy through it. */
  services: readonly string[];
  change: () => void;
  remove: () => void;
};

/** One connection: where it leads, who Slipway is there, who uses it, and whether it works. */
export function ConnectionCard({ connection, type, services, change, remove }: ConnectionProps) {
  const { name, updatedAt, updatedBy } = connection;
  const test = useTestConnection();
  return (
    <Card
      title={name}
      actions={
        <Group gap={4}>
          <Button
            size="compact-sm"
            variant="default"
            onClick={() => test.mutate(name)}
            loading={test.isPending}
            aria-label={`Test ${name}`}
          >
            Test
          </Button>
          <Allowed scope="admin">
            <Button size="compact-sm" variant="subtle" onClick={change} aria-label={`Change ${name}`}>
              Change…
            </Button>
          </Allowed>
          <Allowed scope="admin">
            <Button size="compact-sm" variant="subtle" c="var(--bad)" onClick={remove} aria-label={`Delete ${name}`}>
              Delete…
            </Button>
          </Allowed>
        </Group>
      }
    >
      <Stack gap="md">
        <Facts>
          <Fact name="Kind">{type?.title ?? connection.type}</Fact>
          {factsOf(connection, type).map(({ label, value }) => (
            <Fact key={label} name={label}>
              {value}
            </Fact>
          ))}
          <Fact name="Used by">
            {services.length === 0 ? (
              <Text span inherit c="dimmed">
                no service yet
              </Text>
            ) : (
              services.map((service, at) => (
                <span key={service}>
                  {at > 0 && ", "}
                  <Go to="/services/$service" params={{ service }} size="sm">
                    {service}
                  </Go>
                </span>
              ))
            )}
          </Fact>
          <Fact name="Changed">
            <When at={updatedAt} />
            {updatedBy && ` by ${updatedBy}`}
          </Fact>
        </Facts>
        <Diagnosis pending={test.isPending} error={test.error} found={test.data} />
      </Stack>
    </Card>
  );
}
