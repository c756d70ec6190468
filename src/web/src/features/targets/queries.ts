import { queryOptions, useMutation } from "@tanstack/react-query";
import { api, idempotencyKey, take, takeAll } from "~/api/client";
import { keys } from "~/api/keys";

export type TargetPath = { service: string; environment: string };

const page = 1000;

/** Every target: what the overview shows. The change stream replaces single ones in place. */
export const allTargets = queryOptions({
  queryKey: keys.targets,
  queryFn: ({ signal }) =>
    takeAll((cursor) => api.GET("/api/v1/targets", { params: { query: { limit: page, cursor } }, signal })),
});

export const oneTarget = ({ service, environment }: TargetPath) =>
  queryOptions({
    queryKey: keys.target(service, environment),
    queryFn: ({ signal }) =>
      take(api.GET("/api/v1/targets/{service}/{environment}", { params: { path: { service, environment } }, signal })),
  });

/** What a rollback would do: its stages, and how long the last ones took. */
export const rollbackPlan = ({ service, environment }: TargetPath, version?: string) =>
  queryOptions({
    queryKey: keys.plan({ kind: "rollback", service, environment, version }),
    queryFn: ({ signal }) =>
      take(
        api.POST("/api/v1/targets/{service}/{environment}/rollback", {
          params: { path: { service, environment }, header: { "Idempotency-Key": idempotencyKey() } },
          body: { dryRun: true, version },
          signal,
        }),
      ),
    staleTime: 10_000,
  });

export function useRollBackTarget(path: TargetPath) {
  return useMutation({
    mutationFn: ({ key, ...body }: { key: string; version?: string; reason?: string }) =>
      take(
        api.POST("/api/v1/targets/{service}/{environment}/rollback", {
          params: { path, header: { "Idempotency-Key": key } },
          body,
        }),
      ),
  });
}

export function useRestartTarget(path: TargetPath) {
  return useMutation({
    mutationFn: ({ key, reason }: { key: string; reason?: string }) =>
      take(
        api.POST("/api/v1/targets/{service}/{environment}/restart", {
          params: { path, header: { "Idempotency-Key": key } },
          body: { reason },
        }),
      ),
  });
}

/** All instances of a target. The change stream asks for them again at most once a second. */
export const instancesOf = ({ service, environment }: TargetPath) =>
  queryOptions({
    queryKey: keys.instances({ target: `${service}/${environment}` }),
    queryFn: ({ signal }) =>
      takeAll((cursor) =>
        api.GET("/api/v1/instances", { params: { query: { service, environment, cursor, limit: 500 } }, signal }),
      ),
  });

/** Where a service runs, and how it is there. */
export const targetsOf = (service: string) =>
  queryOptions({
    queryKey: keys.targetsOf(service),
    queryFn: ({ signal }) =>
      takeAll((cursor) => api.GET("/api/v1/targets", { params: { query: { service, cursor, limit: 200 } }, signal })),
  });

/** Newest first. Of secrets only the names are known. */
export const configRevisions = (path: TargetPath) =>
  queryOptions({
    queryKey: keys.targetConfig(path.service, path.environment),
    queryFn: ({ signal }) =>
      take(api.GET("/api/v1/targets/{service}/{environment}/config", { params: { path, query: { limit: 50 } }, signal })),
  });

/** What a restart would do: batch by batch, in the target's strategy. */
export const restartPlan = ({ service, environment }: TargetPath) =>
  queryOptions({
    queryKey: keys.plan({ kind: "restart", service, environment }),
    queryFn: ({ signal }) =>
      take(
        api.POST("/api/v1/targets/{service}/{environment}/restart", {
          params: { path: { service, environment }, header: { "Idempotency-Key": idempotencyKey() } },
          body: { dryRun: true },
          signal,
        }),
      ),
    staleTime: 10_000,
    retry: false,
  });
