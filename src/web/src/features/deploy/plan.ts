import type { Plan, PlannedStage } from "~/api/schema";

const countable = /^(prepare|activate|canary|batch|soak|pause|restore|restart)(?:-(\d+))?$/;
const said: Record<string, string> = {
  prepare: "Prepare",
  activate: "Activate",
  canary: "Canary",
  batch: "Batch",
  soak: "Soak",
  pause: "Pause",
  restore: "Restore",
  restart: "Restart",
};

/** "batch-2" as a person says it. A name of another deployment type stays as it is. */
export function stageTitle(name: string): string {
  const parts = countable.exec(name);
  const word = parts?.[1] && said[parts[1]];
  if (!parts || !word) return name;
  return parts[2] ? `${word} ${parts[2]}` : word;
}

/** The contract leaves the items open; every deployment type gives names. */
export function namesOf(instances: readonly unknown[] | undefined): string[] {
  return (instances ?? []).map(String);
}

/** How many instances a plan changes. */
export function changedBy(plan: Plan): number {
  return new Set(plan.stages.filter(changes).flatMap((stage) => namesOf(stage.instances))).size;
}

/** Preparing changes nothing that runs. */
export function changes(stage: PlannedStage): boolean {
  return stage.kind !== "prepare" && (stage.instances?.length ?? 0) > 0;
}

/** Only what a browser may safely follow becomes a link. */
export function webLink(url: string | null | undefined): string | undefined {
  if (!url || !URL.canParse(url)) return undefined;
  const { protocol, href } = new URL(url);
  return protocol === "https:" || protocol === "http:" ? href : undefined;
}
