import { nameOf } from "./labels";
import type { InstanceFilter } from "./queries";

/** What the address of the fleet view carries. */
export type FleetSearch = {
  q?: string;
  environment?: string;
  service?: string;
  label?: string[];
  state?: string;
  version?: string;
  agent?: string;
  away?: true;
};

/** A thing to narrow by. */
export type Facet = "environment" | "service" | "state" | "version" | "agent" | "away";

export function filterOf({ q, environment, service, label, state, version, agent, away }: FleetSearch): InstanceFilter {
  const filter: InstanceFilter = { search: q, environment, service, label, state, version, agentVersion: agent };
  if (away) filter.connected = false;
  // Absent and undefined are the same question; one name for it in the cache.
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined));
}

/** The same filter without one facet: for the counts of that facet's other values. */
export function without(search: FleetSearch, facet: Facet): FleetSearch {
  return { ...search, [facet]: undefined };
}

/** A version means little without its service: it goes along. */
export function withService(search: FleetSearch, service: string | undefined): FleetSearch {
  return { ...search, service, version: service === search.service ? search.version : undefined };
}

export function withLabel(search: FleetSearch, label: string): FleetSearch {
  const now = search.label ?? [];
  const next = now.includes(label)
    ? now.filter((each) => each !== label)
    : [...now.filter((each) => !sameName(each, label)), label];
  return { ...search, label: next.length > 0 ? next : undefined };
}

/** An instance has one value of a label: a second one of the same name would find nothing. */
function sameName(one: string, other: string): boolean {
  return nameOf(one) === nameOf(other);
}

export type Narrowing = { key: string; text: string; without: FleetSearch };

/** What narrows the list at the moment, each with the search that is left when it is taken away. */
export function narrowings(search: FleetSearch): Narrowing[] {
  const all: (Narrowing | undefined)[] = [
    one("q", search.q && `"${search.q}"`),
    one("environment", search.environment),
    search.service ? { key: "service", text: search.service, without: withService(search, undefined) } : undefined,
    one("version", search.version && `runs ${search.version}`),
    one("state", search.state),
    one("agent", search.agent && `agent ${search.agent}`),
    one("away", search.away && "away"),
    ...(search.label ?? []).map((label) => ({ key: `label ${label}`, text: label, without: withLabel(search, label) })),
  ];
  return all.filter((each) => each !== undefined);

  function one(key: keyof FleetSearch, text: string | undefined): Narrowing | undefined {
    return text ? { key, text, without: { ...search, [key]: undefined } } : undefined;
  }
}
