import type { Deployment, DeploymentEvent, InstanceProgress, PlannedStage, StageProgress } from "~/api/schema";
import { milliseconds } from "~/ui/time";

/** One stage of the line: what was planned, how far it is, and in which direction it goes. */
export type Stage = StageProgress & {
  title: string;
  /** Takes the target back. */
  back: boolean;
  instances: string[];
  /** Milliseconds that it only watches. */
  wait?: number;
  /** Milliseconds after which it fails. */
  deadline?: number;
  /** Its work goes on outside of Slipway: pausing and cancelling act in its middle. */
  interruptible: boolean;
  done: number;
  total: number;
};

const doneSteps: ReadonlySet<string> = new Set(["prepared", "healthy"]);

/** "batch-2" is read as "Batch 2". */
export function titleOf(name: string): string {
  const words = name.replaceAll("-", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** The stages of the plan, then those of the way back. */
export function stagesOf(deployment: Deployment, progress: InstanceProgress[] = [], events: DeploymentEvent[] = []): Stage[] {
  const planned = [...deployment.plan.stages, ...stagesBack(events)];
  const done = countDone(progress);
  return deployment.stages.map((stage, at) => {
    const plan = planned[at]?.name === stage.name ? planned[at] : planned.find(({ name }) => name === stage.name);
    const instances = plan?.instances ?? [];
    const counted = done.get(stage.name);
    const total = instances.length || counted?.total || 0;
    return {
      ...stage,
      title: titleOf(stage.name),
      back: at >= deployment.plan.stages.length,
      instances,
      wait: plan?.wait ? milliseconds(plan.wait) : undefined,
      deadline: plan?.deadline ? milliseconds(plan.deadline) : undefined,
      interruptible: plan?.interruptible ?? false,
      total,
      done: stage.status === "succeeded" ? total : Math.min(total, counted?.done ?? 0),
    };
  });
}

/** The plan of the way back is told when it starts. */
function stagesBack(events: DeploymentEvent[]): PlannedStage[] {
  const started = events.find(({ type }) => type === "rollbackStarted")?.data as { stages?: PlannedStage[] } | undefined;
  return started?.stages ?? [];
}

function countDone(progress: InstanceProgress[]): Map<string, { done: number; total: number }> {
  const counts = new Map<string, { done: number; total: number }>();
  for (const { stage, step } of progress) {
    const count = counts.get(stage) ?? { done: 0, total: 0 };
    count.total++;
    if (doneSteps.has(step)) count.done++;
    counts.set(stage, count);
  }
  return counts;
}

/** The one that runs now; when nothing runs, the next one to come. */
export function currentStage<T extends Pick<StageProgress, "status">>(stages: T[]): T | undefined {
  return stages.find(({ status }) => status === "running") ?? stages.find(({ status }) => status === "pending");
}

/** The instances that run another version because of this deployment: those of the begun stages that switch. */
export function changedInstances(stages: Stage[]): string[] {
  const begun = stages.filter(
    ({ back, kind, status }) => !back && kind === "activate" && status !== "pending" && status !== "skipped",
  );
  return [...new Set(begun.flatMap(({ instances }) => instances))];
}

export function counted(instances: number): string {
  return instances === 1 ? "1 instance" : `${instances.toLocaleString("en")} instances`;
}
