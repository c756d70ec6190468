import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, take } from "~/api/client";
import { keys } from "~/api/keys";
import type { PutConnection } from "~/api/schema";

/** What can be connected, and what has to be known for it. */
export const connectionTypes = queryOptions({
  queryKey: keys.connectionTypes,
  queryFn: async ({ signal }) => (await take(api.GET("/api/v1/connection-types", { signal }))).items,
  staleTime: Number.POSITIVE_INFINITY,
});

export const allConnections = queryOptions({
  queryKey: keys.connections,
  queryFn: async ({ signal }) => (await take(api.GET("/api/v1/connections", { signal }))).items,
});

export function useSaveConnection() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ name, ...body }: PutConnection & { name: string }) =>
      take(api.PUT("/api/v1/connections/{name}", { params: { path: { name } }, body })),
    onSuccess: () => queries.invalidateQueries({ queryKey: keys.connections }),
  });
}

export function useDeleteConnection() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (name: string) => take(api.DELETE("/api/v1/connections/{name}", { params: { path: { name } } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: keys.connections }),
  });
}

/** Tries it for real; takes up to 20 seconds and changes nothing. */
export function useTestConnection() {
  return useMutation({
    mutationFn: (name: string) => take(api.POST("/api/v1/connections/{name}/test", { params: { path: { name } } })),
  });
}
