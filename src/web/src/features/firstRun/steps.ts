import type { Service, Target } from "~/api/schema";

/** How far a new server is, and the names to put into the next commands. */
export function steps(services: Service[], targets: Target[], instances: number) {
  return {
    described: services.length > 0,
    joined: instances > 0,
    deployed: targets.some(({ version }) => version),
    service: services[0]?.name ?? "checkout",
    environment: targets[0]?.environment ?? "staging",
  };
}
