import { queryOptions } from "@tanstack/react-query";
import { api, take } from "~/api/client";
import { keys } from "~/api/keys";

/** How often a target is looked at again while a deployment changes it. The change stream tells of everything else. Milliseconds. */
const whileItChanges = 3000;

type Path = { service: string; environment: string };

/** What runs for a target whose instances come and go with their version, as it was seen last. */
export const groupsOf = ({ service, environment }: Path, changing: boolean) =>
  queryOptions({
    queryKey: keys.targetGroups(service, environment),
    queryFn: ({ signal }) =>
      take(api.GET("/api/v1/targets/{service}/{environment}/groups", { params: { path: { service, environment } }, signal })),
    refetchInterval: changing ? whileItChanges : false,
  });
