import { type MutationOptions, type QueryClient, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, take } from "~/api/client";
import { type Foreseen, foresee } from "~/api/foresee";
import { keys } from "~/api/keys";
import type { Target } from "~/api/schema";
import { useMe } from "~/features/session/queries";
import type { TargetPath } from "./queries";

/** A switch of a target: what the server is asked for, and what the target is then. */
export type TargetChange<T> = { ask: (wish: T) => Promise<Target>; become: (target: Target, wish: T) => Target };

export const holding = (path: TargetPath, by: string): TargetChange<string> => ({
  ask: (reason) => take(api.PUT("/api/v1/targets/{service}/{environment}/hold", { params: { path }, body: { reason } })),
  become: (target, reason) => ({ ...target, hold: { reason, placedBy: by, placedAt: new Date().toISOString() } }),
});

export const lifting = (path: TargetPath): TargetChange<void> => ({
  ask: () => take(api.DELETE("/api/v1/targets/{service}/{environment}/hold", { params: { path } })),
  become: (target) => ({ ...target, hold: null }),
});

/** The wish is a branch: every new version of it is deployed by itself. Null: only people and CI deploy. */
export const automatic = (path: TargetPath): TargetChange<string | null> => ({
  ask: (branch) =>
    take(
      branch === null
        ? api.DELETE("/api/v1/targets/{service}/{environment}/autoDeploy", { params: { path } })
        : api.PUT("/api/v1/targets/{service}/{environment}/autoDeploy", { params: { path }, body: { branch } }),
    ),
  become: (target, branch) => ({ ...target, autoDeploy: branch === null ? null : { branch } }),
});

/** On the screen at once, and taken back when the server refuses. */
export function atOnce<T>(
  queries: QueryClient,
  path: TargetPath,
  { ask, become }: TargetChange<T>,
): MutationOptions<Target, Error, T, () => void> {
  return {
    mutationFn: ask,
    onMutate: (wish) =>
      foresee(
        queries,
        everywhere(path, (target) => become(target, wish)),
      ),
    onError: (_error, _wish, takeBack) => takeBack?.(),
    onSuccess: (target) => {
      for (const { queryKey, become } of everywhere(path, () => target)) queries.setQueryData(queryKey, become as never);
    },
  };
}

/** A target is in lists, too. */
function everywhere({ service, environment }: TargetPath, become: (target: Target) => Target): Foreseen[] {
  const one = (known: Target | undefined) => known && become(known);
  const many = (known: Target[] | undefined) =>
    known?.map((target) => (target.service === service && target.environment === environment ? become(target) : target));
  return [
    { queryKey: keys.target(service, environment), become: one },
    { queryKey: keys.targets, become: many },
    { queryKey: keys.targetsOf(service), become: many },
  ];
}

export function useHold(path: TargetPath) {
  return useMutation(atOnce(useQueryClient(), path, holding(path, useMe().name)));
}

export function useUnhold(path: TargetPath) {
  return useMutation(atOnce(useQueryClient(), path, lifting(path)));
}

export function useAutoDeploy(path: TargetPath) {
  return useMutation(atOnce(useQueryClient(), path, automatic(path)));
}
