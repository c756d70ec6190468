import { Skeleton, Stack, Text } from "@mantine/core";
import { IconArrowRight } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import type { Deployment, Target } from "~/api/schema";
import { oneDeployment } from "~/features/deployments/queries";
import { titleOf } from "~/features/deployments/stages";
import { GoButton } from "~/ui/GoButton";
import { DeploymentTag } from "~/ui/Status";
import { asks, deploymentLook, isUnderWay, stageLook } from "~/ui/tone";
import { Mono } from "~/ui/Version";
import { Elapsed } from "~/ui/When";
import classes from "./LiveStrip.module.css";

/** The deployments under way, above everything else. */
export function LiveStrips({ target }: { target: Pick<Target, "runningDeployment" | "queuedDeployment"> }) {
  const under = [target.runningDeployment, target.queuedDeployment].filter((id) => id != null);
  if (under.length === 0) return null;
  return (
    <Stack gap="xs" component="section" aria-label="Under way">
      {under.map((id) => (
        <Strip key={id} id={id} />
      ))}
    </Stack>
  );
}

function Strip({ id }: { id: string }) {
  const { data: deployment } = useQuery(oneDeployment(id));
  if (!deployment) return <Skeleton height={58} radius="md" />;
  if (!isUnderWay(deployment.status)) return null;
  const { tone } = deploymentLook[deployment.status];
  const isAsking = deployment.stages.some(asks);
  return (
    <div className={classes.strip} data-tone={deployment.rollingBack ? "bad" : isAsking ? "warn" : tone}>
      <DeploymentTag deployment={deployment} />
      <div className={classes.what}>
        <Text size="sm">
          <Mono fw={600}>{deployment.version}</Mono> by {deployment.createdBy}
          {" · "}
          <Progress deployment={deployment} />
        </Text>
        {deployment.stages.length > 0 && deployment.status !== "queued" && (
          <div className={classes.bar} aria-hidden>
            {deployment.stages.map((stage) => (
              <span key={stage.name} data-tone={stageLook[stage.status].tone} />
            ))}
          </div>
        )}
      </div>
      <GoButton
        to="/deployments/$deployment"
        params={{ deployment: id }}
        variant="light"
        size="xs"
        rightSection={<IconArrowRight size={14} aria-hidden />}
      >
        {isAsking ? "Answer" : deployment.status === "queued" ? "Open" : "Watch"}
      </GoButton>
    </div>
  );
}

function Progress({ deployment }: { deployment: Deployment }) {
  if (deployment.status === "queued") return <>waits for the one that runs</>;
  const done = deployment.stages.filter((stage) => stage.status === "succeeded" || stage.status === "skipped").length;
  const now = deployment.stages.find((stage) => stage.status === "running");
  return (
    <>
      {now ? titleOf(now.name) : "between stages"}, {done} of {deployment.stages.length} stages done
      {deployment.startedAt && (
        <>
          {" · "}
          <Elapsed from={deployment.startedAt} />
        </>
      )}
    </>
  );
}
