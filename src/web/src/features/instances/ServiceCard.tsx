import { Button, Group, Text, Title } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { notifications } from "@mantine/notifications";
import { IconRefresh, IconTerminal2 } from "@tabler/icons-react";
import { getRouteApi } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { Instance, InstanceService } from "~/api/schema";
import { Allowed } from "~/features/session/Allowed";
import { Ask } from "~/ui/Ask";
import { Card } from "~/ui/Card";
import { Go } from "~/ui/Page";
import { Tag } from "~/ui/Status";
import { Mono } from "~/ui/Version";
import { When } from "~/ui/When";
import { isElsewhere, serviceCondition } from "./condition";
import classes from "./Instance.module.css";
import { useRestartOnInstance } from "./queries";

const route = getRouteApi("/shell/instances/$instance");

type ServiceCardProps = { instance: Instance; service: InstanceService; shown: boolean };

/** A service here: what it should run, what it runs, and how that goes. */
export function ServiceCard({ instance, service, shown }: ServiceCardProps) {
  const navigate = route.useNavigate();
  const { tone, label } = serviceCondition(service);
  return (
    <Card
      label={service.service}
      title={
        <Group gap="sm">
          <Title order={2}>
            <Go
              to="/targets/$service/$environment"
              params={{ service: service.service, environment: instance.environment }}
              inherit
            >
              {service.service}
            </Go>
          </Title>
          <Tag tone={instance.connected ? tone : "quiet"}>{instance.connected ? label : `last said: ${label}`}</Tag>
        </Group>
      }
      actions={
        <Group gap="xs">
          <Button
            variant={shown ? "light" : "default"}
            size="xs"
            leftSection={<IconTerminal2 size={15} />}
            aria-pressed={shown}
            onClick={() => void navigate({ search: { service: service.service }, replace: true, resetScroll: false })}
          >
            Output
          </Button>
          <Restart instance={instance} service={service} />
        </Group>
      }
    >
      <dl className={classes.data}>
        {service.reason && (
          <div className={classes.whole}>
            <dt>Reason</dt>
            <dd className={tone === "bad" ? classes.reason : undefined}>{service.reason}</dd>
          </div>
        )}
        <Fact name="Runs">
          <Runs service={service} />
        </Fact>
        <Fact name="Since">{service.since ? <When at={service.since} /> : "–"}</Fact>
        <Fact name="Port">{service.port ?? "–"}</Fact>
        <Fact name="Restarted by itself">{times(Number(service.restarts ?? 0))}</Fact>
        <Fact name="Ready to switch to">
          {service.preparedVersions?.length ? <Mono truncate={false}>{service.preparedVersions.join("  ")}</Mono> : "–"}
        </Fact>
      </dl>
    </Card>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function times(count: number): string {
  return count === 0 ? "never" : count === 1 ? "once" : `${count} times`;
}

function Runs({ service }: { service: InstanceService }) {
  if (!service.runningVersion && !service.assignedVersion)
    return (
      <Text span inherit c="dimmed">
        nothing was deployed to this target yet
      </Text>
    );
  return (
    <>
      {service.runningVersion ? <Mono>{service.runningVersion}</Mono> : "nothing yet"}
      {service.assignedVersion && (isElsewhere(service) || !service.runningVersion) && (
        <Text span inherit c="var(--warn)">
          {" "}
          and should run <Mono>{service.assignedVersion}</Mono>
        </Text>
      )}
    </>
  );
}

function Restart({ instance, service }: Omit<ServiceCardProps, "shown">) {
  const [opened, { open, close }] = useDisclosure();
  const restart = useRestartOnInstance(instance.name);
  const name = service.service;
  const act = () =>
    restart.mutate(name, {
      onSuccess: () => {
        close();
        notifications.show({ color: "teal", message: `${instance.name} restarts ${name}. Its state here follows.` });
      },
    });
  const unless = !instance.connected
    ? "The instance is away; nothing can be restarted there."
    : !service.assignedVersion && `Nothing is deployed to ${name} in ${instance.environment} yet.`;
  return (
    <>
      <Allowed scope="deploy" service={name} environment={instance.environment} unless={unless}>
        <Button variant="default" size="xs" leftSection={<IconRefresh size={15} />} onClick={open}>
          Restart here
        </Button>
      </Allowed>
      <Ask
        opened={opened}
        close={close}
        title={`Restart ${name} on ${instance.name}`}
        action="Restart"
        pending={restart.isPending}
        error={restart.error}
        act={act}
      >
        It is drained, stopped, started on the same version and checked for health. Until it is healthy again this instance serves
        nothing of {name}. The other instances are not touched; to restart them all, one batch after the other, restart the
        target.
      </Ask>
    </>
  );
}
