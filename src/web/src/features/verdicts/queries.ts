import { queryOptions } from "@tanstack/react-query";
import { api, take } from "~/api/client";
import { keys } from "~/api/keys";
import { Problem } from "~/api/problem";
import type { Deployment, DeploymentVerdict } from "~/api/schema";
import { isUnderWay } from "~/ui/tone";

/** The server looks about so often. Milliseconds. */
const pause = 10_000;
/** So long after the end or the watch the last word may still come. Milliseconds. */
const lastWord = 60_000;

/** Whether its version is healthy; null: it was not judged. */
export const verdictOf = (deployment: Deployment) =>
  queryOptions({
    queryKey: keys.deploymentVerdict(deployment.id),
    queryFn: async ({ signal }): Promise<DeploymentVerdict | null> => {
      try {
        const path = { deployment: deployment.id };
        return await take(api.GET("/api/v1/deployments/{deployment}/verdict", { params: { path }, signal }));
      } catch (thrown) {
        if (Problem.of(thrown).status === 404) return null;
        throw thrown;
      }
    },
    enabled: mayBeJudged(deployment),
    refetchInterval: ({ state }) => isWatched(deployment, state.data, Date.now()) && pause,
    staleTime: ({ state }) => (isWatched(deployment, state.data, Date.now()) ? pause : Number.POSITIVE_INFINITY),
  });

/** Judged is what brings something new, on instances that stay, once the first of them is being switched. */
export function mayBeJudged({ kind = "deploy", stages }: Pick<Deployment, "kind" | "stages">): boolean {
  return kind === "deploy" && stages.some((stage) => stage.kind === "activate" && stage.startedAt);
}

/** The answer may still become another one. */
export function isWatched(
  { status, finishedAt }: Pick<Deployment, "status" | "finishedAt">,
  verdict: Pick<DeploymentVerdict, "watchedUntil"> | null | undefined,
  now: number,
): boolean {
  if (isUnderWay(status)) return true;
  const end = Math.max(at(finishedAt), at(verdict?.watchedUntil));
  return now < end + lastWord;
}

/** A deployment that is over and of which nothing was seen has nothing to say. */
export function isWorthSaying(
  { status }: Pick<Deployment, "status">,
  { answer, signals, newErrors = [] }: DeploymentVerdict,
): boolean {
  return answer !== "inconclusive" || isUnderWay(status) || signals.length > 0 || newErrors.length > 0;
}

function at(moment: string | null | undefined): number {
  return moment ? Date.parse(moment) : 0;
}
