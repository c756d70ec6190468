import type { StageLink, StageProgress, StageStep } from "~/api/schema";

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

/** How many finished parts at the beginning of a list one line stands for while the rest goes on: none, if they are few. */
export function passedOf(steps: readonly StageStep[]): number {
  const first = steps.findIndex(({ status }) => status !== "succeeded" && status !== "skipped");
  return first > fewPassed ? first : 0;
}

const fewPassed = 2;

/** Closed by itself once there is nothing more to see in it; what failed stays open, because somebody will ask why. */
export function opensByItself(status: StageStep["status"]): boolean {
  return status === "running" || status === "failed";
}

function isOver(status: StageStep["status"]): boolean {
  return status === "succeeded" || status === "skipped" || status === "failed";
}

/** The places outside of Slipway where the work can be seen, each once. */
export function linksOf(stages: readonly Pick<StageProgress, "link">[]): StageLink[] {
  const links = stages.flatMap(({ link }) => link ?? []);
  return links.filter((link, at) => links.findIndex(({ url }) => url === link.url) === at);
}
