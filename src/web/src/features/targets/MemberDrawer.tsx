import { Button, Group, Stack, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useQuery } from "@tanstack/react-query";
import { Problem } from "~/api/problem";
import type { Instance } from "~/api/schema";
import { InstanceDrawer, WrittenNow } from "~/features/instances/InstanceDrawer";
import { oneInstance, useRestartOnInstance } from "~/features/instances/queries";
import { Allowed } from "~/features/session/Allowed";
import { Ask } from "~/ui/Ask";
import { Empty, Loaded, Waiting } from "~/ui/Faces";
import { Tag } from "~/ui/Status";
import { Mono } from "~/ui/Version";
import { When } from "~/ui/When";
import { Fact, Facts } from "./Fact";
import classes from "./Target.module.css";
import { useAsking } from "./useAsking";
import { stateOf } from "./words";

type MemberDrawerProps = { name: string | undefined; service: string; environment: string; close: () => void };

/** One instance of the target: how it is, and what can be done with it alone. */
export function MemberDrawer({ name, service, environment, close }: MemberDrawerProps) {
  return (
    <InstanceDrawer name={name} service={service} close={close}>
      {(instance) => <Content name={instance} service={service} environment={environment} />}
    </InstanceDrawer>
  );
}

function Content({ name, service, environment }: { name: string; service: string; environment: string }) {
  const query = useQuery(oneInstance(name));
  if (query.error && Problem.of(query.error).status === 404)
    return <Empty title="There is no such instance">It was removed, or the link is old.</Empty>;
  return (
    <Loaded query={query} waiting={<Waiting rows={6} />}>
      {(instance) => (
        <>
          <Details instance={instance} service={service} />
          <Group>
            <RestartHere instance={instance} service={service} environment={environment} />
          </Group>
          {instance.connected ? (
            <WrittenNow instance={name} service={service} />
          ) : (
            <Text size="sm" c="dimmed">
              Its output can be read when it is connected again.
            </Text>
          )}
        </>
      )}
    </Loaded>
  );
}

function Details({ instance, service: wanted }: { instance: Instance; service: string }) {
  const service = instance.services.find((each) => each.service === wanted);
  const { tone, label } = stateOf({ instance, service });
  const labels = Object.entries(instance.labels);
  return (
    <Stack gap="sm">
      {service?.reason && (
        <div className={classes.sentence} data-tone={tone === "bad" ? "bad" : "warn"}>
          {service.reason}
        </div>
      )}
      <Facts>
        <Fact name="State">
          <Tag tone={tone} live={tone === "busy"}>
            {label}
          </Tag>
        </Fact>
        <Fact name="Runs">{service?.runningVersion ? <Mono>{service.runningVersion}</Mono> : "nothing"}</Fact>
        {service?.assignedVersion && service.assignedVersion !== service.runningVersion && (
          <Fact name="Should run">
            <Mono>{service.assignedVersion}</Mono>
          </Fact>
        )}
        {service?.since && (
          <Fact name="Since">
            <When at={service.since} />
          </Fact>
        )}
        <Fact name="Restarts">{service?.restarts ?? 0}</Fact>
        {service?.port && <Fact name="Port">{service.port}</Fact>}
        {service?.preparedVersions && service.preparedVersions.length > 0 && (
          <Fact name="Kept ready">{service.preparedVersions.join(", ")}</Fact>
        )}
        {!instance.connected && instance.lastSeenAt && (
          <Fact name="Last seen">
            <When at={instance.lastSeenAt} />
          </Fact>
        )}
        {labels.length > 0 && <Fact name="Labels">{labels.map(([key, value]) => `${key}=${value}`).join(", ")}</Fact>}
        {instance.agentVersion && <Fact name="Agent">{instance.agentVersion}</Fact>}
      </Facts>
    </Stack>
  );
}

type RestartProps = { instance: Instance; service: string; environment: string };

function RestartHere({ instance: { name, connected }, service, environment }: RestartProps) {
  const restart = useRestartOnInstance(name);
  const asking = useAsking(restart.reset);
  return (
    <>
      <Allowed scope="deploy" service={service} environment={environment} unless={!connected && "The instance is not connected."}>
        <Button variant="default" size="xs" onClick={asking.open}>
          Restart here…
        </Button>
      </Allowed>
      <Ask
        opened={asking.opened}
        close={asking.close}
        title={`Restart ${service} on ${name}`}
        action="Restart"
        pending={restart.isPending}
        error={restart.error}
        act={() =>
          restart.mutate(service, {
            onSuccess: () => {
              asking.close();
              notifications.show({ message: `${service} restarts on ${name}.` });
            },
          })
        }
      >
        It is stopped and started again at once, on this instance alone. Until it is healthy again it serves nothing here.
      </Ask>
    </>
  );
}
