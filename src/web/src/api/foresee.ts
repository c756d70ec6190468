import type { QueryClient, QueryKey } from "@tanstack/react-query";

/** What a thing in the query cache will be when the server has agreed. */
export type Foreseen = { queryKey: QueryKey; become: (known: never) => unknown };

/** Shows a change before the server has agreed to it; the answer takes it back. What came from the server meanwhile stays. */
export async function foresee(queries: QueryClient, foreseen: readonly Foreseen[]): Promise<() => void> {
  const known = foreseen.filter(({ queryKey }) => queries.getQueryData(queryKey) !== undefined);
  await Promise.all(known.map(({ queryKey }) => queries.cancelQueries({ queryKey, exact: true })));
  const takeBack = known.map(({ queryKey, become }) => {
    const before = queries.getQueryData(queryKey);
    const shown = queries.setQueryData(queryKey, become(before as never));
    return () => {
      if (queries.getQueryData(queryKey) === shown) queries.setQueryData(queryKey, before);
      void queries.invalidateQueries({ queryKey, exact: true });
    };
  });
  return () => {
    for (const each of takeBack) each();
  };
}
