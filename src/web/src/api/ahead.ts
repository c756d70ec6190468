import type { FetchQueryOptions, QueryClient, QueryKey } from "@tanstack/react-query";

/** A placeholder that goes again at once is only a flicker: what comes within this time is waited for. Milliseconds. */
const moment = 150;

/** Over when all of it is over, whichever way it went, or after a moment. */
export async function inAMoment(...asked: Promise<unknown>[]): Promise<void> {
  await Promise.race([Promise.allSettled(asked), new Promise((over) => setTimeout(over, moment))]);
}

/** Asks for what a screen is made of before the screen is there. What is known already, old or not, the screen shows and refreshes itself. */
export async function ahead(queries: QueryClient, wanted: readonly { queryKey: QueryKey }[]): Promise<void> {
  const missing = wanted.filter(({ queryKey }) => queries.getQueryData(queryKey) === undefined);
  await inAMoment(...missing.map((each) => queries.prefetchQuery(each as FetchQueryOptions)));
}
