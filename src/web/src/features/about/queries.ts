import { queryOptions } from "@tanstack/react-query";

/** GET /health/ready is outside the API's description: balancers ask it too. */
export const readiness = queryOptions({
  queryKey: ["readiness"],
  queryFn: async ({ signal }) => (await fetch("/health/ready", { signal })).ok,
  refetchInterval: 10_000,
  retry: false,
});
