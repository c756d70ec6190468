import type { Plan, Target, VersionComparison } from "~/api/schema";

export type Obstacle = { tone: "warn" | "busy"; text: string; deployment?: string; names?: string[] };

type Standing = Pick<Target, "runningDeployment" | "queuedDeployment" | "environment">;

/** What somebody should know before the button. What the server warns of comes first, in its words. */
export function obstaclesOf(plan: Plan, target: Standing, comparison: VersionComparison | undefined): Obstacle[] {
  const obstacles: Obstacle[] = [];
  const { fromVersion, toVersion } = plan.changes;
  if (comparison?.direction === "backward")
    obstacles.push({
      tone: "warn",
      text: `This goes back: ${toVersion} is older than ${fromVersion}, which runs in ${target.environment}.`,
    });
  const absent = plan.absent ?? [];
  for (const text of plan.warnings ?? []) obstacles.push({ tone: "warn", text });
  if (absent.length > 0) obstacles.push({ tone: "warn", text: "Away now, and changed when they return:", names: absent });
  if (target.runningDeployment)
    obstacles.push({
      tone: "busy",
      text: "Another deployment is under way; this one waits until it is finished.",
      deployment: target.runningDeployment,
    });
  if (target.queuedDeployment)
    obstacles.push({
      tone: "busy",
      text: "The one that waits already is superseded by this one.",
      deployment: target.queuedDeployment,
    });
  return obstacles;
}
