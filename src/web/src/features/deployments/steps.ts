import type { StageProgress, StageStep } from "~/api/schema";

/** A part of a stage with its own parts. */
export type Step = StageStep & { key: string; parts: Step[] };

/** The flat list, in which each part says how deep it lies, as a tree. */
export function treeOf(steps: readonly StageStep[]): Step[] {
  const roots: Step[] = [];
  const path: Step[] = [];
  for (const [at, step] of steps.entries()) {
    const node: Step = { ...step, key: `${at} ${step.name}`, parts: [] };
    path.length = Math.min(path.length, step.depth ?? 0);
    (path.at(-1)?.parts ?? roots).push(node);
    path.push(node);
  }
  return roots;
}

/** How far the smallest parts are: those that have parts themselves only sum up. */
export function stepsDone(steps: readonly StageStep[] = []): { done: number; total: number } {
  const leaves = steps.filter((step, at) => (steps[at + 1]?.depth ?? 0) <= (step.depth ?? 0));
  return { done: leaves.filter(({ status }) => isOver(status)).length, total: leaves.length };
}

/** Closed by itself once there is nothing more to see in it; what failed stays open, because somebody will ask why. */
export function opensByItself(status: StageStep["status"]): boolean {
  return status === "running" || status === "failed";
}

function isOver(status: StageStep["status"]): boolean {
  return status === "succeeded" || status === "skipped" || status === "failed";
}

type Asking = Pick<StageProgress, "status" | "question" | "answer">;

/** It waits for a person. */
export function asks<T extends Asking>(stage: T): stage is T & { question: NonNullable<T["question"]> } {
  return stage.status === "running" && stage.question != null && stage.answer == null;
}
