import { Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Failed } from "~/ui/Faces";
import { Go } from "~/ui/Page";
import { DeploymentTag } from "~/ui/Status";
import { spoken, useNow } from "~/ui/time";
import { Mono } from "~/ui/Version";
import { Elapsed } from "~/ui/When";
import classes from "./DeploymentStrip.module.css";
import { oneDeployment, progressOf } from "./queries";
import { stateOf } from "./said";
import { currentStage, namesIn, type Stage, stagesOf } from "./stages";

/** From here on a strip counts stages only: thousands of rows are not fetched for one line. */
const mostCounted = 500;

/** A deployment that is under way, live, in one line: what, which stage, how far, how long. */
export function DeploymentStrip({ id }: { id: string }) {
  const deployment = useQuery(oneDeployment(id));
  const small = (deployment.data?.plan.stages ?? []).every(({ instances }) => namesIn(instances).length <= mostCounted);
  const progress = useQuery({ ...progressOf(id), enabled: deployment.data !== undefined && small });
  if (!deployment.data)
    return deployment.isError ? (
      <Failed error={deployment.error} retry={() => void deployment.refetch()} />
    ) : (
      <Skeleton height={44} radius="md" role="status" aria-label="Loading the deployment" />
    );

  const stages = stagesOf(deployment.data, progress.data);
  const stage = deployment.data.status === "running" ? currentStage(stages) : undefined;
  return (
    <div className={classes.strip} data-tone={stateOf(deployment.data).tone}>
      <DeploymentTag deployment={deployment.data} />
      <Go to="/deployments/$deployment" params={{ deployment: id }} fw={600} fz="sm">
        <Mono>{deployment.data.version}</Mono>
      </Go>
      <span className={classes.stages} aria-hidden>
        {stages.map(({ name, status, back, done, total }) => (
          <span key={name} data-status={status} data-back={back || undefined}>
            <i style={{ width: `${widthOf(status, done, total)}%` }} />
          </span>
        ))}
      </span>
      {stage && <Now stage={stage} counts={small} />}
      {deployment.data.startedAt && (
        <span className={classes.soft}>
          <Elapsed from={deployment.data.startedAt} to={deployment.data.finishedAt} />
        </span>
      )}
    </div>
  );
}

function Now({ stage, counts }: { stage: Stage; counts: boolean }) {
  const now = useNow("second");
  const left = stage.wait && stage.startedAt ? Math.max(0, stage.wait - (now - Date.parse(stage.startedAt))) : undefined;
  const far =
    left !== undefined
      ? `${spoken(Math.ceil(left / 1000) * 1000)} left`
      : counts && stage.total > 0
        ? `${stage.done} of ${stage.total}`
        : "";
  return (
    <span className="numbers">
      {stage.title} <span className={classes.soft}>{far}</span>
    </span>
  );
}

function widthOf(status: Stage["status"], done: number, total: number): number {
  switch (status) {
    case "succeeded":
    case "failed":
      return 100;
    case "running":
      return total > 0 ? Math.max(12, (100 * done) / total) : 50;
    case "pending":
    case "skipped":
      return 0;
  }
}
