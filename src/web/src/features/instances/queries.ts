import {
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  useInfiniteQuery,
  useMutation,
  useQueryClient,
} from "@tanstack/react-query";
import { useEffect } from "react";
import { api, take, takeAll } from "~/api/client";
import { keys } from "~/api/keys";
import { onChange } from "~/api/live";
import type { CreateJoinToken, PatchInstance } from "~/api/schema";
import { refresher } from "./refresher";

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

const pagesOf =
  (filter: InstanceFilter, limit: number) =>
  ({ signal, pageParam }: { signal: AbortSignal; pageParam: string }) =>
    take(api.GET("/api/v1/instances", { params: { query: { ...filter, cursor: pageParam || undefined, limit } }, signal }));

export const instancesLike = (filter: InstanceFilter, limit = 200) =>
  infiniteQueryOptions({
    queryKey: [...keys.instances(filter), limit],
    queryFn: pagesOf(filter, limit),
    initialPageParam: "",
    getNextPageParam: (page) => page.nextCursor || undefined,
  });

/** How often a list of thousands is asked for again at most while everything moves. Milliseconds. */
const fleetPause = 2000;

/** The list of the fleet view. It is refreshed at its own pace: what goes through the whole cache would interrupt a long list again and again. */
export function useFleet(filter: InstanceFilter, limit: number) {
  const query = useInfiniteQuery({
    queryKey: ["fleet", filter, limit],
    queryFn: pagesOf(filter, limit),
    initialPageParam: "",
    getNextPageParam: (page) => page.nextCursor || undefined,
    placeholderData: keepPreviousData,
  });
  const { refetch } = query;
  useEffect(() => {
    const again = refresher(() => refetch({ cancelRefetch: false }), fleetPause);
    const deaf = onChange((change) => change.kind === "targets" && again.poke());
    return () => {
      deaf();
      again.stop();
    };
  }, [refetch]);
  return query;
}

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
    onSuccess: (changed) => {
      queries.setQueryData(keys.instance(instance), changed);
      void queries.invalidateQueries({ queryKey: ["instances"] });
      void queries.invalidateQueries({ queryKey: ["fleet"] });
    },
  });
}

export function useRemoveInstance() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (instance: string) => take(api.DELETE("/api/v1/instances/{instance}", { params: { path: { instance } } })),
    onSuccess: (_, instance) => {
      // Its own page is being left: asking for what is gone would only fail.
      queries.removeQueries({ queryKey: keys.instance(instance) });
      void queries.invalidateQueries({ queryKey: ["instances"] });
      void queries.invalidateQueries({ queryKey: ["fleet"] });
    },
  });
}

export const joinTokens = queryOptions({
  queryKey: keys.joinTokens,
  queryFn: ({ signal }) =>
    takeAll((cursor) => api.GET("/api/v1/joinTokens", { params: { query: { limit: 200, cursor } }, signal })),
});

export function useCreateJoinToken() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ key, ...body }: CreateJoinToken & { key: string }) =>
      take(api.POST("/api/v1/joinTokens", { params: { header: { "Idempotency-Key": key } }, body })),
    onSuccess: () => queries.invalidateQueries({ queryKey: keys.joinTokens }),
  });
}

/** Who has joined an environment since a time of the server's own clock. */
export const joinedSince = (environment: string, since: string, usesLeft: number) =>
  queryOptions({
    // How many uses are left stands in the name: it is asked for again when somebody has joined, and not before.
    queryKey: [...keys.joinTokens, "joined", environment, since, usesLeft],
    queryFn: async ({ signal }) => {
      const all = await takeAll((cursor) =>
        api.GET("/api/v1/instances", { params: { query: { environment, limit: 500, cursor } }, signal }),
      );
      return all.filter((instance) => Date.parse(instance.joinedAt) >= Date.parse(since)).map((instance) => instance.name);
    },
  });

/** One instance alone, at once. For a whole target, restart the target: batch by batch, behind the health gate. */
export function useRestartOnInstance(instance: string) {
  return useMutation({
    mutationFn: (service: string) =>
      take(api.POST("/api/v1/instances/{instance}/services/{service}/restart", { params: { path: { instance, service } } })),
  });
}
