import type { Deployment, DeploymentVerdict } from "~/api/schema";
import { asks, deploymentLook, type Tone } from "~/ui/tone";
import { currentStage, titleOf } from "./stages";

type Standing = Pick<Deployment, "status" | "rollingBack" | "pending" | "stages">;

/** The state in a word: "pausing" and "rolling back" are states too, and so is waiting for a person. */
export function stateOf({ status, rollingBack, pending, stages }: Standing): { label: string; tone: Tone } {
  if (status === "running" && rollingBack) return { label: "rolling back", tone: "bad" };
  if (status === "running" && pending) return { label: pending, tone: "warn" };
  if (status === "running" && stages.some(asks)) return { label: "waits for an answer", tone: "warn" };
  return deploymentLook[status];
}

/** "shop 1.2 → production". */
export function whatOf({ service, version, environment }: Pick<Deployment, "service" | "version" | "environment">): string {
  return `${service} ${version} → ${environment}`;
}

const signs: Record<Tone, string> = { ok: "✓", busy: "●", warn: "❚❚", bad: "✗", quiet: "○" };

/** For the browser's tab: the state first, because a tab shows only the beginning. */
export function tabTitle(deployment: Deployment): string {
  const { label, tone } = stateOf(deployment);
  const sign = label === "rolling back" ? "↶" : signs[tone];
  return `${sign} ${label} · ${whatOf(deployment)}`;
}

/** For a screen reader, when something changes that matters: never every tick. */
export function announcement(deployment: Deployment, verdict?: Pick<DeploymentVerdict, "answer" | "sentence"> | null): string {
  const found = verdict?.answer === "fail" && !deployment.failure ? `. It is not healthy: ${verdict.sentence}` : "";
  return standing(deployment) + found;
}

function standing(deployment: Deployment): string {
  const stage = deployment.status === "running" ? currentStage(deployment.stages) : undefined;
  const { label } = stateOf(deployment);
  const cause = deployment.failure && deployment.status !== "running" ? `: ${deployment.failure.reason}` : "";
  return stage ? `${whatOf(deployment)}: ${label}, ${titleOf(stage.name)}` : `${whatOf(deployment)}: ${label}${cause}`;
}
