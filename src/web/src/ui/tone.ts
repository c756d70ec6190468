import type { DeploymentStatus, InstanceStep, StageProgress, StageStatus } from "~/api/schema";

/** What a colour means; the colours themselves are in base.css. */
export type Tone = "ok" | "busy" | "warn" | "bad" | "quiet";

type Look = { tone: Tone; label: string };

// Exhaustive by type: a new state does not compile until it has a look.

export const deploymentLook: Record<DeploymentStatus, Look> = {
  queued: { tone: "quiet", label: "queued" },
  running: { tone: "busy", label: "running" },
  paused: { tone: "warn", label: "paused" },
  succeeded: { tone: "ok", label: "succeeded" },
  failed: { tone: "bad", label: "failed" },
  rolledBack: { tone: "bad", label: "rolled back" },
  cancelled: { tone: "quiet", label: "cancelled" },
  superseded: { tone: "quiet", label: "superseded" },
};

export const stageLook: Record<StageStatus, Look> = {
  pending: { tone: "quiet", label: "to come" },
  running: { tone: "busy", label: "running" },
  succeeded: { tone: "ok", label: "done" },
  failed: { tone: "bad", label: "failed" },
  skipped: { tone: "quiet", label: "skipped" },
};

export const stepLook: Record<InstanceStep, Look> = {
  pending: { tone: "quiet", label: "waiting" },
  preparing: { tone: "busy", label: "preparing" },
  prepared: { tone: "quiet", label: "prepared" },
  draining: { tone: "busy", label: "draining" },
  stopping: { tone: "busy", label: "stopping" },
  starting: { tone: "busy", label: "starting" },
  checking: { tone: "busy", label: "checking health" },
  healthy: { tone: "ok", label: "healthy" },
  failed: { tone: "bad", label: "failed" },
  unreachable: { tone: "warn", label: "unreachable" },
};

/** An instance's service reports its state as a word; an unknown word of a newer agent is shown as it is. */
const serviceLooks: Record<string, Look> = {
  absent: { tone: "quiet", label: "not installed" },
  preparing: { tone: "busy", label: "preparing" },
  draining: { tone: "busy", label: "draining" },
  stopping: { tone: "busy", label: "stopping" },
  starting: { tone: "busy", label: "starting" },
  checking: { tone: "busy", label: "checking health" },
  healthy: { tone: "ok", label: "healthy" },
  unhealthy: { tone: "bad", label: "unhealthy" },
  failed: { tone: "bad", label: "failed" },
  stopped: { tone: "quiet", label: "stopped" },
  unknown: { tone: "quiet", label: "unknown" },
};

export function serviceLook(state: string): Look {
  return serviceLooks[state] ?? { tone: "quiet", label: state };
}

export function isUnderWay(status: DeploymentStatus): boolean {
  return status === "queued" || status === "running" || status === "paused";
}

type Asking = Pick<StageProgress, "status" | "question" | "answer">;

/** The stage waits for a person. */
export function asks<T extends Asking>(stage: T): stage is T & { question: NonNullable<T["question"]> } {
  return stage.status === "running" && stage.question != null && stage.answer == null;
}
