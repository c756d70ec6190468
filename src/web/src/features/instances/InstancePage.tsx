import { Alert, Stack, Text } from "@mantine/core";
import { IconPlugConnectedX } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import type { Instance } from "~/api/schema";
import { Card } from "~/ui/Card";
import { Command } from "~/ui/Command";
import { Loaded } from "~/ui/Faces";
import { Logs } from "~/ui/Logs";
import { Go, Page } from "~/ui/Page";
import { Tag } from "~/ui/Status";
import { When } from "~/ui/When";
import { ChangeServices } from "./ChangeServices";
import { conditionOf } from "./condition";
import { AgentVersion } from "./FleetRow";
import classes from "./Instance.module.css";
import { LabelsCard } from "./LabelsCard";
import { oneInstance } from "./queries";
import { RemoveInstance } from "./RemoveInstance";
import { ServiceCard } from "./ServiceCard";

const route = getRouteApi("/shell/instances/$instance");

/** One machine: how it is, what it runs, and the output of what it runs. */
export function InstancePage() {
  const { instance: name } = route.useParams();
  const query = useQuery(oneInstance(name));
  const instance = query.data;
  return (
    <Page
      title={name}
      crumbs={[
        <Go key="all" to="/instances">
          Instances
        </Go>,
        instance && (
          <Go key="environment" to="/instances" search={{ environment: instance.environment }}>
            {instance.environment}
          </Go>
        ),
      ].filter(Boolean)}
      beside={instance && <Condition instance={instance} />}
      lead={instance && <Facts instance={instance} />}
      actions={
        instance && (
          <>
            <ChangeServices instance={instance} />
            <RemoveInstance instance={instance} />
          </>
        )
      }
    >
      <Loaded query={query}>{(loaded) => <Content instance={loaded} />}</Loaded>
    </Page>
  );
}

function Content({ instance }: { instance: Instance }) {
  const { service } = route.useSearch();
  const running = instance.services.find((each) => each.service === service);
  const only = instance.services.length === 1 ? instance.services[0] : undefined;
  const shown = running ?? only;
  return (
    <Stack gap="lg">
      {!instance.connected && <Away instance={instance} />}
      {instance.transportTrouble && <Deaf trouble={instance.transportTrouble} />}
      {instance.services.length === 0 && (
        <Card title="Services">
          <Text size="sm" c="dimmed">
            This instance runs no service. Choose some with "Change services"; each then gets by itself what its target runs.
          </Text>
        </Card>
      )}
      <div className={classes.services}>
        {instance.services.map((each) => (
          <ServiceCard key={each.service} instance={instance} service={each} shown={each.service === shown?.service} />
        ))}
      </div>
      {shown && (
        <Card title={`Output of ${shown.service}`}>
          {instance.connected ? (
            <Logs instance={instance.name} service={shown.service} />
          ) : (
            <Text size="sm" c="dimmed">
              The output lies on the instance; it can be read here as soon as the instance is connected again.
            </Text>
          )}
        </Card>
      )}
      <LabelsCard instance={instance} />
    </Stack>
  );
}

function Condition({ instance }: { instance: Instance }) {
  const { tone, label } = conditionOf(instance);
  return <Tag tone={tone}>{label}</Tag>;
}

function Facts({ instance }: { instance: Instance }) {
  return (
    <div className={classes.facts}>
      <span>
        in{" "}
        <Go to="/instances" search={{ environment: instance.environment }} inherit>
          {instance.environment}
        </Go>
      </span>
      <span>
        agent <AgentVersion version={instance.agentVersion} />
      </span>
      <span>
        joined <When at={instance.joinedAt} />
      </span>
      {instance.transport === "aws" && <span>listens to an SQS queue</span>}
      <span>
        {instance.connected ? (
          "connected now"
        ) : instance.lastSeenAt ? (
          <>
            last seen <When at={instance.lastSeenAt} />
          </>
        ) : (
          "never connected"
        )}
      </span>
    </div>
  );
}

/** Its queue is not heard: what is wrong, what that means, and what to do. */
function Deaf({ trouble }: { trouble: string }) {
  return (
    <Alert
      color="yellow"
      variant="light"
      bg="var(--warn-wash)"
      icon={<IconPlugConnectedX size={20} />}
      title="It does not hear its queue"
      classNames={{ title: classes.alertTitle }}
    >
      <Text size="sm">{trouble}</Text>
      <Text size="sm">
        Until it does, it asks the server every few seconds. On the instance, slipway-agent doctor says which permission is
        missing.
      </Text>
    </Alert>
  );
}

/** Since when, what that means, and what to do. */
function Away({ instance }: { instance: Instance }) {
  return (
    <Alert
      color="yellow"
      variant="light"
      bg="var(--warn-wash)"
      icon={<IconPlugConnectedX size={20} />}
      title={
        instance.lastSeenAt ? (
          <>
            Away: last seen <When at={instance.lastSeenAt} />
          </>
        ) : (
          "It has joined, but its agent was never started"
        )
      }
      classNames={{ title: classes.alertTitle }}
    >
      <Stack gap="xs">
        <Text size="sm">
          {instance.lastSeenAt
            ? "An agent that is gone takes no service with it: what ran there goes on running. What you see below is what the agent last said. As soon as it is back it gets whatever it missed. See whether the machine is up and reaches this server, and whether the agent runs there:"
            : "Start it on the machine. It then gets by itself what its services should run:"}
        </Text>
        <Command>
          {instance.lastSeenAt
            ? "systemctl status slipway-agent   # or start it by hand: slipway-agent run"
            : "slipway-agent run"}
        </Command>
        {instance.lastSeenAt && (
          <Text size="sm">If the machine is gone for good, remove it, so that no deployment waits for it.</Text>
        )}
      </Stack>
    </Alert>
  );
}
