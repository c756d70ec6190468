import type { Instance } from "~/api/schema";
import { counted, type Stage } from "./stages";

/** Something in which one instance is not like the others. */
export type Difference = { what: string; own: string; others: string };

type Feature = { what: string; of: (instance: Instance) => string | undefined };

/** A value that more peers than this share is no explanation. */
const rare = 0.25;

/** In what the instance differs from its peers, the rarest first. Pure: told from what the instances say about themselves. */
export function differences(one: Instance, peers: Instance[], service: string): Difference[] {
  const others = peers.filter(({ name }) => name !== one.name);
  if (others.length === 0) return [];
  return features(one, others, service)
    .map((feature) => ({ feature, own: feature.of(one), shared: share(feature, one, others) }))
    .filter(({ shared }) => shared <= rare)
    .sort((a, b) => a.shared - b.shared)
    .map(({ feature, own }) => ({ what: feature.what, own: own ?? "none", others: spread(others.map(feature.of)) }));
}

function features(one: Instance, others: Instance[], service: string): Feature[] {
  const labels = new Set([one, ...others].flatMap(({ labels }) => Object.keys(labels)));
  const own = (instance: Instance) => instance.services.find((each) => each.service === service);
  return [
    { what: "agent version", of: ({ agentVersion }) => agentVersion ?? undefined },
    { what: "runs now", of: (instance) => own(instance)?.runningVersion ?? undefined },
    { what: "connected", of: ({ connected }) => (connected ? "yes" : "no") },
    { what: "restarts by itself", of: (instance) => ((own(instance)?.restarts ?? 0) > 0 ? "yes" : "no") },
    {
      what: "services on it",
      of: ({ services }) =>
        services
          .map((each) => each.service)
          .sort()
          .join(", "),
    },
    ...[...labels].sort().map((label) => ({ what: label, of: ({ labels }: Instance) => labels[label] })),
  ];
}

/** The part of the peers that has the same value. A label that is different everywhere (a name, a port) tells nothing. */
function share(feature: Feature, one: Instance, others: Instance[]): number {
  const own = feature.of(one);
  const values = others.map(feature.of);
  if (others.length > 2 && new Set(values).size === values.length) return 1;
  return values.filter((value) => value === own).length / values.length;
}

function spread(values: (string | undefined)[]): string {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value ?? "none", (counts.get(value ?? "none") ?? 0) + 1);
  const sorted = [...counts].sort((a, b) => b[1] - a[1]);
  const told = sorted.slice(0, 3).map(([value, count]) => (sorted.length === 1 ? value : `${value} (${count})`));
  return sorted.length > 3 ? `${told.join(", ")} and ${sorted.length - 3} more` : told.join(", ");
}

/** What the peers say about the version itself: the first question of whoever is on call. */
export function peersOnVersion(stages: Stage[], failedStage: string, failing: string | undefined, version: string): string {
  const at = stages.findIndex(({ name, back }) => name === failedStage && !back);
  const before = stages.slice(0, at).filter(({ kind, status }) => kind === "activate" && status === "succeeded");
  const healthy = new Set(before.flatMap(({ instances }) => instances));
  if (failing && healthy.has(failing)) return `It had become healthy on ${version} and then did not stay so.`;
  if (healthy.size > 0) return `${counted(healthy.size)} before it became healthy on ${version}, so look at this instance first.`;
  const together = stages[at]?.instances.length ?? 0;
  if (stages[at]?.kind !== "activate") return `No instance was switched to ${version}.`;
  return together > 1
    ? `It was in the first group that got ${version}, together with ${counted(together - 1)}.`
    : `It was the first to get ${version}: no peer has proved that the version works.`;
}
