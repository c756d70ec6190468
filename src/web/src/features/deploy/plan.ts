import type { Plan, PlannedStage } from "~/api/schema";

/** How many instances a plan changes. */
export function changedBy(plan: Plan): number {
  return new Set(plan.stages.filter(changes).flatMap(({ instances = [] }) => instances)).size;
}

/** Preparing changes nothing that runs. */
export function changes(stage: PlannedStage): boolean {
  return stage.kind !== "prepare" && (stage.instances?.length ?? 0) > 0;
}
