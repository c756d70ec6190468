import { Button, Group } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconLock } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { Deployment, DeploymentStatus } from "~/api/schema";
import { Allowed } from "~/features/session/Allowed";
import { useUnhold } from "~/features/targets/changes";
import { oneTarget } from "~/features/targets/queries";
import { useAsking } from "~/features/targets/useAsking";
import { Ask } from "~/ui/Ask";
import { When } from "~/ui/When";
import { Notice } from "./Notice";

/** How it ended decides what a reader may want to do now. */
const wantsFix: Record<DeploymentStatus, boolean> = {
  queued: false,
  running: false,
  paused: false,
  succeeded: false,
  failed: true,
  rolledBack: true,
  cancelled: true,
  superseded: false,
};

export function NextSteps({ deployment }: { deployment: Deployment }) {
  const { service, environment, status } = deployment;
  const target = useQuery({ ...oneTarget({ service, environment }), enabled: wantsFix[status] });
  if (!wantsFix[status]) return null;
  const hold = target.data?.hold;
  return (
    <>
      {hold && (
        <Notice
          icon={<IconLock size={20} />}
          title="The target is on hold"
          action={<LiftHold deployment={deployment} reason={hold.reason} />}
        >
          No version is deployed to {environment} by itself until the hold is lifted or somebody deploys on purpose. Placed by{" "}
          {hold.placedBy}, <When at={hold.placedAt} />.
        </Notice>
      )}
      <Group gap="xs">
        <Allowed scope="deploy" service={service} environment={environment}>
          <Button component={Link} {...toDeploy(service, environment)}>
            Deploy a fix
          </Button>
        </Allowed>
        <Button component={Link} variant="default" {...toService(service)}>
          Versions of {service}
        </Button>
      </Group>
    </>
  );
}

const toDeploy = (service: string, environment: string) =>
  ({ to: "/targets/$service/$environment/deploy", params: { service, environment } }) as object;
const toService = (service: string) => ({ to: "/services/$service", params: { service }, search: { tab: "versions" } }) as object;

function LiftHold({ deployment: { service, environment, version }, reason }: { deployment: Deployment; reason: string }) {
  const lift = useUnhold({ service, environment });
  const asking = useAsking(lift.reset);
  const lifted = () => notifications.show({ message: `The hold on ${service} in ${environment} is lifted.` });
  const act = () => {
    asking.close();
    lift.mutateAsync().then(lifted, asking.refused);
  };
  return (
    <>
      <Allowed scope="deploy" service={service} environment={environment}>
        <Button variant="default" onClick={asking.open}>
          Lift the hold
        </Button>
      </Allowed>
      <Ask
        opened={asking.opened}
        close={asking.close}
        title={`Lift the hold on ${service} in ${environment}?`}
        action="Lift the hold"
        error={lift.error}
        act={act}
      >
        <p>
          Automatic deployments to {environment} begin again with the next version. {version} itself is not deployed again by
          itself.
        </p>
        <p>Why it is on hold: {reason}</p>
      </Ask>
    </>
  );
}
