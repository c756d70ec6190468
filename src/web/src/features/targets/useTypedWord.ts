import { useQuery } from "@tanstack/react-query";
import { allEnvironments } from "~/features/environments/queries";
import type { TargetPath } from "./queries";

/** Where an environment asks for it, the service's name has to be typed. */
export function useTypedWord({ service, environment }: TargetPath): string | undefined {
  const { data } = useQuery(allEnvironments);
  return data?.find(({ name }) => name === environment)?.confirm ? service : undefined;
}
