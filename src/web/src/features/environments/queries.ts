import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, take, takeAll } from "~/api/client";
import { keys } from "~/api/keys";
import type { PutEnvironment } from "~/api/schema";

/** In the order in which versions are promoted. */
export const allEnvironments = queryOptions({
  queryKey: keys.environments,
  queryFn: async ({ signal }) => {
    const all = await takeAll((cursor) => api.GET("/api/v1/environments", { params: { query: { limit: 200, cursor } }, signal }));
    return all.sort((a, b) => a.order - b.order || a.name.localeCompare(b.name));
  },
});

export function useSaveEnvironment() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ name, ...body }: PutEnvironment & { name: string }) =>
      take(api.PUT("/api/v1/environments/{environment}", { params: { path: { environment: name } }, body })),
    onSuccess: () => queries.invalidateQueries({ queryKey: keys.environments }),
  });
}

export function useRemoveEnvironment() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (name: string) =>
      take(api.DELETE("/api/v1/environments/{environment}", { params: { path: { environment: name } } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: keys.environments }),
  });
}
