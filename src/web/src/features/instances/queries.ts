import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, take } from "~/api/client";
import { keys } from "~/api/keys";
import type { PatchInstance } from "~/api/schema";

export type InstanceFilter = {
  search?: string;
  environment?: string;
  service?: string;
  /** "key=value", all of them. */
  label?: string[];
  state?: string;
  version?: string;
  agentVersion?: string;
  connected?: boolean;
};

export const instancesLike = (filter: InstanceFilter, limit = 200) =>
  infiniteQueryOptions({
    queryKey: [...keys.instances(filter), limit],
    queryFn: ({ signal, pageParam }) =>
      take(api.GET("/api/v1/instances", { params: { query: { ...filter, cursor: pageParam || undefined, limit } }, signal })),
    initialPageParam: "",
    getNextPageParam: (page) => page.nextCursor || undefined,
  });

/** How many there are of everything, for the same filter. */
export const instancesSummary = (filter: InstanceFilter) =>
  queryOptions({
    queryKey: keys.instancesSummary(filter),
    queryFn: ({ signal }) => take(api.GET("/api/v1/instances/summary", { params: { query: filter }, signal })),
  });

export const oneInstance = (instance: string) =>
  queryOptions({
    queryKey: keys.instance(instance),
    queryFn: ({ signal }) => take(api.GET("/api/v1/instances/{instance}", { params: { path: { instance } }, signal })),
  });

export function useChangeInstance(instance: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: PatchInstance) =>
      take(api.PATCH("/api/v1/instances/{instance}", { params: { path: { instance } }, body })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["instances"] }),
  });
}

export function useRemoveInstance() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (instance: string) => take(api.DELETE("/api/v1/instances/{instance}", { params: { path: { instance } } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["instances"] }),
  });
}

/** One instance alone, at once. For a whole target, restart the target: batch by batch, behind the health gate. */
export function useRestartOnInstance(instance: string) {
  return useMutation({
    mutationFn: (service: string) =>
      take(api.POST("/api/v1/instances/{instance}/services/{service}/restart", { params: { path: { instance, service } } })),
  });
}
