import type { ReactNode } from "react";
import type { Deployment, DeploymentStatus } from "~/api/schema";
import classes from "./Status.module.css";
import { asks, deploymentLook, isUnderWay, type Tone } from "./tone";

/** A word in the colour of what it means. Never the colour alone. */
export function Tag({ tone, live, children }: { tone: Tone; live?: boolean; children: ReactNode }) {
  return (
    <span className={classes.badge} data-tone={tone}>
      <Dot tone={tone} live={live} />
      {children}
    </span>
  );
}

/** Decoration beside a word. */
export function Dot({ tone, live }: { tone: Tone; live?: boolean }) {
  return <span aria-hidden className={live ? `${classes.dot} ${classes.live}` : classes.dot} data-tone={tone} />;
}

export function StatusTag({ status }: { status: DeploymentStatus }) {
  const { tone, label } = deploymentLook[status];
  return (
    <Tag tone={tone} live={isUnderWay(status) && status !== "queued"}>
      {label}
    </Tag>
  );
}

/** A deployment's status with what it is about to do, "pausing", "rolling back", or what it waits for. */
export function DeploymentTag({ deployment }: { deployment: Pick<Deployment, "status" | "rollingBack" | "pending" | "stages"> }) {
  if (deployment.status === "running" && deployment.rollingBack)
    return (
      <Tag tone="bad" live>
        rolling back
      </Tag>
    );
  if (deployment.status === "running" && deployment.pending)
    return (
      <Tag tone="warn" live>
        {deployment.pending}
      </Tag>
    );
  if (deployment.status === "running" && deployment.stages.some(asks))
    return (
      <Tag tone="warn" live>
        waits for an answer
      </Tag>
    );
  return <StatusTag status={deployment.status} />;
}
