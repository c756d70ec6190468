import type { ServiceDefinition } from "~/api/schema";

/** Agents run on the instances of a service of this type; those of all others come and go with their version. */
const withAgents = "trigger";

/** Whether the instances of a service stay and are changed by agents, or come and go in groups. */
export function comesInGroups({ type }: Pick<ServiceDefinition, "type">): boolean {
  return (type ?? withAgents) !== withAgents;
}
