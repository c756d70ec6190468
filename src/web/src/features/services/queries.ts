import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { api, take, takeAll } from "~/api/client";
import { keys } from "~/api/keys";

export const allServices = queryOptions({
  queryKey: keys.services,
  queryFn: ({ signal }) =>
    takeAll((cursor) => api.GET("/api/v1/services", { params: { query: { limit: 200, cursor } }, signal })),
});

export const oneService = (service: string) =>
  queryOptions({
    queryKey: keys.service(service),
    queryFn: ({ signal }) => take(api.GET("/api/v1/services/{service}", { params: { path: { service } }, signal })),
  });

/** Newest first. */
export const versionsOf = (service: string, branch?: string) =>
  infiniteQueryOptions({
    queryKey: [...keys.versions(service), branch ?? ""],
    queryFn: ({ signal, pageParam }) =>
      take(
        api.GET("/api/v1/services/{service}/versions", {
          params: { path: { service }, query: { cursor: pageParam || undefined, limit: 50, branch } },
          signal,
        }),
      ),
    initialPageParam: "",
    getNextPageParam: (page) => page.nextCursor || undefined,
  });

export const versionOf = (service: string, version: string) =>
  queryOptions({
    queryKey: [...keys.versions(service), "one", version],
    queryFn: ({ signal }) =>
      take(api.GET("/api/v1/services/{service}/versions/{version}", { params: { path: { service, version } }, signal })),
  });

/** What lies between two versions: the commits that a deployment brings or takes back. */
export const comparison = (service: string, from: string, to: string) =>
  queryOptions({
    queryKey: keys.comparison(service, from, to),
    queryFn: ({ signal }) =>
      take(api.GET("/api/v1/services/{service}/compare", { params: { path: { service }, query: { from, to } }, signal })),
    staleTime: Number.POSITIVE_INFINITY,
  });
