import type { Deployment } from "~/api/schema";

/** How long a finished deployment ran. */
export function duration({ startedAt, finishedAt }: Pick<Deployment, "startedAt" | "finishedAt">): number | undefined {
  return startedAt && finishedAt ? Date.parse(finishedAt) - Date.parse(startedAt) : undefined;
}
