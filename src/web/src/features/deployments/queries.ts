import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { type Answer, api, take, takeAll } from "~/api/client";
import { keys } from "~/api/keys";
import type { Deployment, DeploymentRequest, DeploymentStatus, Plan } from "~/api/schema";

export type DeploymentFilter = {
  service?: string;
  environment?: string;
  status?: DeploymentStatus[];
  createdBy?: string;
  version?: string;
};

/** Newest first. */
export const deploymentsLike = (filter: DeploymentFilter, limit = 50) =>
  infiniteQueryOptions({
    queryKey: [...keys.deployments(filter), limit],
    queryFn: ({ signal, pageParam }) =>
      take(api.GET("/api/v1/deployments", { params: { query: { ...filter, cursor: pageParam || undefined, limit } }, signal })),
    initialPageParam: "",
    getNextPageParam: (page) => page.nextCursor || undefined,
  });

export const oneDeployment = (deployment: string) =>
  queryOptions({
    queryKey: keys.deployment(deployment),
    queryFn: ({ signal }) => take(api.GET("/api/v1/deployments/{deployment}", { params: { path: { deployment } }, signal })),
  });

/** Oldest first, all of them: a deployment has dozens. */
export const eventsOf = (deployment: string) =>
  queryOptions({
    queryKey: keys.deploymentEvents(deployment),
    queryFn: async ({ signal }) => {
      const all = [];
      let after: number | undefined;
      for (;;) {
        const page = await take(
          api.GET("/api/v1/deployments/{deployment}/events", {
            params: { path: { deployment }, query: { after, limit: 200 } },
            signal,
          }),
        );
        all.push(...page.items);
        after = page.items.at(-1)?.sequence;
        if (!page.nextCursor || after === undefined) return all;
      }
    },
  });

export const progressOf = (deployment: string) =>
  queryOptions({
    queryKey: keys.deploymentInstances(deployment),
    queryFn: ({ signal }) =>
      takeAll((cursor) =>
        api.GET("/api/v1/deployments/{deployment}/instances", {
          params: { path: { deployment }, query: { limit: 1000, cursor } },
          signal,
        }),
      ),
  });

/** Enough to see what is special about one of them; a fleet of thousands is not fetched for that. */
const mostPeers = 500;

export const peersIn = (filter: { service: string; environment: string }) =>
  queryOptions({
    queryKey: [...keys.instances(filter), "peers"],
    queryFn: ({ signal }) => take(api.GET("/api/v1/instances", { params: { query: { ...filter, limit: mostPeers } }, signal })),
  });

/** What a deployment would do, before anybody starts it. */
export const planOf = (request: Omit<DeploymentRequest, "dryRun">) =>
  queryOptions({
    queryKey: keys.plan(request),
    queryFn: ({ signal }) =>
      take(api.POST("/api/v1/deployments", { body: { ...request, dryRun: true }, signal }) as Promise<Answer<Plan>>),
    staleTime: 10_000,
    retry: false,
  });

export function useDeploy() {
  return useMutation({
    mutationFn: ({ key, ...body }: DeploymentRequest & { key: string }) =>
      take(
        api.POST("/api/v1/deployments", { params: { header: { "Idempotency-Key": key } }, body }) as Promise<Answer<Deployment>>,
      ),
  });
}

export type Control = "pause" | "resume" | "cancel" | "rollback";

/** Pause, resume, cancel or roll back a deployment that is under way. Asking twice changes nothing. */
export function useControl(deployment: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ control, reason }: { control: Control; reason?: string }) =>
      take(api.POST(`/api/v1/deployments/{deployment}/${control}`, { params: { path: { deployment } }, body: { reason } })),
    onSuccess: (changed) => queries.setQueryData(keys.deployment(deployment), changed),
  });
}

/** Answers what the running stage asks. Asking twice changes nothing. */
export function useAnswer(deployment: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ approved, ...body }: { approved: boolean; choice?: string; reason?: string }) =>
      take(
        api.POST(`/api/v1/deployments/{deployment}/${approved ? "approve" : "reject"}`, {
          params: { path: { deployment } },
          body,
        }),
      ),
    onSuccess: (changed) => queries.setQueryData(keys.deployment(deployment), changed),
  });
}
