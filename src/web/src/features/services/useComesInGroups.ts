import { useQuery } from "@tanstack/react-query";
import { comesInGroups } from "./instancesAre";
import { oneService } from "./queries";

/** Whether a service's instances come and go in groups. Undefined: on its way. A service that is gone has none. */
export function useComesInGroups(service: string): boolean | undefined {
  const { data, isPending } = useQuery(oneService(service));
  if (isPending) return undefined;
  return data !== undefined && comesInGroups(data.definition);
}
