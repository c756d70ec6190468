import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, take, takeAll } from "~/api/client";
import { keys } from "~/api/keys";
import type { CreateToken } from "~/api/schema";

export const allTokens = queryOptions({
  queryKey: keys.tokens,
  queryFn: ({ signal }) => takeAll((cursor) => api.GET("/api/v1/tokens", { params: { query: { limit: 200, cursor } }, signal })),
});

export function useCreateToken() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ key, ...body }: CreateToken & { key: string }) =>
      take(api.POST("/api/v1/tokens", { params: { header: { "Idempotency-Key": key } }, body })),
    onSuccess: () => queries.invalidateQueries({ queryKey: keys.tokens }),
  });
}

export function useRevokeToken() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => take(api.DELETE("/api/v1/tokens/{id}", { params: { path: { id } } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: keys.tokens }),
  });
}

export function useDeleteJoinToken() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => take(api.DELETE("/api/v1/joinTokens/{id}", { params: { path: { id } } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: keys.joinTokens }),
  });
}

export type AuditFilter = { actor?: string; code?: string; since?: string };

/** Newest first. */
export const auditLike = (filter: AuditFilter) =>
  infiniteQueryOptions({
    queryKey: keys.audit(filter),
    queryFn: ({ signal, pageParam }) =>
      take(api.GET("/api/v1/audit", { params: { query: { ...filter, cursor: pageParam || undefined, limit: 100 } }, signal })),
    initialPageParam: "",
    getNextPageParam: (page) => page.nextCursor || undefined,
    staleTime: 5_000,
  });
