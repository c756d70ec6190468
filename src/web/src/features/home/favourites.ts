import { useLocalStorage } from "@mantine/hooks";
import { useMemo } from "react";

/** A person's own services, kept in the browser: they go first and have a view of their own. */
export function useFavourites() {
  const [names, setNames] = useLocalStorage<string[]>({
    key: "slipway-favourites",
    defaultValue: [],
    getInitialValueInEffect: false,
  });
  const favourites: ReadonlySet<string> = useMemo(() => new Set(names), [names]);
  const toggle = (service: string) =>
    setNames((known) => (known.includes(service) ? known.filter((name) => name !== service) : [...known, service]));
  return { favourites, toggle };
}
