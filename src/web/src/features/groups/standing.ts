import type { GroupHealth, GroupInstanceHealth, InstanceGroup } from "~/api/schema";
import type { Tone } from "~/ui/tone";

/** What a group is there for at the moment. */
export type Standing = { tone: Tone; label: string; help: string };

const standings = {
  traffic: { tone: "ok", label: "gets traffic", help: "Its instances answer requests." },
  starting: { tone: "busy", label: "starting", help: "It gets traffic as soon as its instances are up." },
  broken: { tone: "bad", label: "nothing is up", help: "It should get traffic, but none of its instances is up." },
  empty: { tone: "warn", label: "no instances", help: "It should get traffic, but it has no instances." },
  waiting: { tone: "busy", label: "no traffic yet", help: "Newer than what serves; it gets no traffic so far." },
  ready: {
    tone: "quiet",
    label: "ready for the way back",
    help: "It gets no traffic, but its instances run: going back takes a moment.",
  },
  disabled: { tone: "quiet", label: "disabled", help: "It gets no traffic, and none of its instances could answer." },
  scaledDown: {
    tone: "quiet",
    label: "scaled down",
    help: "It gets no traffic and has no instances: going back takes as long as they need to start.",
  },
} satisfies Record<string, Standing>;

/** `others`: the groups beside it, itself among them. */
export function standingOf({ serving, health, createdAt }: InstanceGroup, others: readonly InstanceGroup[]): Standing {
  if (serving) {
    if (health.up > 0) return standings.traffic;
    if (health.starting > 0 || (health.total > 0 && health.down === 0)) return standings.starting;
    return health.total === 0 ? standings.empty : standings.broken;
  }
  if (health.total === 0) return standings.scaledDown;
  const isNewest =
    others.some((other) => other.serving) && others.every((other) => !other.serving || older(other.createdAt, createdAt));
  if (isNewest) return standings.waiting;
  // Instances that were taken out of traffic run on.
  return health.up + health.outOfService > 0 ? standings.ready : standings.disabled;
}

function older(time: string | null | undefined, than: string | null | undefined): boolean {
  return time != null && than != null && Date.parse(time) < Date.parse(than);
}

export type Place = { location: string; groups: InstanceGroup[] };

/** The groups of each location side by side, in the order in which they come: newest first. */
export function placesOf(groups: readonly InstanceGroup[]): Place[] {
  const places = new Map<string, InstanceGroup[]>();
  for (const group of groups) {
    const known = places.get(group.location);
    if (known) known.push(group);
    else places.set(group.location, [group]);
  }
  return [...places].map(([location, all]) => ({ location, groups: all }));
}

export type Share = { group: InstanceGroup; percent: number };

/** Who gets how much of the traffic, by instances that are up and serve. Whole percents that add up to 100; nobody: nothing serves. */
export function traffic(groups: readonly InstanceGroup[]): Share[] {
  const serving = groups.filter(({ serving, health }) => serving && health.up > 0);
  const all = serving.reduce((sum, { health }) => sum + health.up, 0);
  let given = 0;
  return serving.map((group, at) => {
    const percent = at === serving.length - 1 ? 100 - given : Math.round((100 * group.health.up) / all);
    given += percent;
    return { group, percent };
  });
}

type Part = { key: keyof GroupHealth; tone: Tone; label: string };

const parts: Part[] = [
  { key: "up", tone: "ok", label: "up" },
  { key: "starting", tone: "busy", label: "starting" },
  { key: "down", tone: "bad", label: "down" },
  { key: "outOfService", tone: "quiet", label: "out of service" },
  { key: "unknown", tone: "warn", label: "unknown" },
];

export type HealthPart = { tone: Tone; label: string; count: number };

/** How many instances are how, without what there is none of. */
export function healthParts(health: GroupHealth): HealthPart[] {
  return parts.map(({ key, tone, label }) => ({ tone, label, count: health[key] })).filter(({ count }) => count > 0);
}

/** Exhaustive by type. */
export const instanceLook: Record<GroupInstanceHealth, { tone: Tone; label: string }> = {
  up: { tone: "ok", label: "up" },
  starting: { tone: "busy", label: "starting" },
  down: { tone: "bad", label: "down" },
  outOfService: { tone: "quiet", label: "out of service" },
  unknown: { tone: "warn", label: "unknown" },
};
