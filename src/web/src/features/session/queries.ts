import { queryOptions, useMutation, useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { api, take } from "~/api/client";
import { keys } from "~/api/keys";
import { Problem } from "~/api/problem";
import type { WhoAmI } from "~/api/schema";

/** Who is signed in; null: nobody. */
export const whoami = queryOptions({
  queryKey: keys.whoami,
  queryFn: async (): Promise<WhoAmI | null> => {
    try {
      return await take(api.GET("/api/v1/whoami"));
    } catch (thrown) {
      if (Problem.of(thrown).status === 401) return null;
      throw thrown;
    }
  },
  staleTime: 5 * 60_000,
});

/** Inside the shell somebody is always signed in. */
export function useMe(): WhoAmI {
  const { data } = useSuspenseQuery(whoami);
  if (!data) throw new Problem("signed_out", "You are no longer signed in.", 401);
  return data;
}

export function useSignIn() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (token: string) => take(api.POST("/api/v1/session", { body: { token } })),
    onSuccess: (me) => queries.setQueryData(keys.whoami, me),
  });
}

export function useSignOut() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => take(api.DELETE("/api/v1/session")),
    onSuccess: () => {
      queries.clear();
      queries.setQueryData(keys.whoami, null);
      location.assign("/sign-in");
    },
  });
}
