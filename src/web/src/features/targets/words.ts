import type { Instance, InstanceService, Target } from "~/api/schema";
import { serviceLook, type Tone } from "~/ui/tone";

/** An instance as this target sees it: with what it says about this one service. */
export type Member = { instance: Instance; service: InstanceService | undefined };

export function membersOf(instances: readonly Instance[], service: string): Member[] {
  return instances.map((instance) => ({ instance, service: instance.services.find((each) => each.service === service) }));
}

export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** How one instance is. One that is not connected is away, whatever it said last. */
export function stateOf({ instance, service }: Member): { state: string; label: string; tone: Tone } {
  if (!instance.connected) return { state: "away", label: "away", tone: "warn" };
  const state = service?.state ?? "absent";
  return { state, ...serviceLook(state) };
}

const urgency: Record<Tone, number> = { bad: 0, warn: 1, busy: 2, quiet: 3, ok: 4 };

export type StateCount = { state: string; label: string; tone: Tone; count: number };

/** How many are how, what needs somebody first. */
export function countStates(members: readonly Member[]): StateCount[] {
  const counts = new Map<string, StateCount>();
  for (const member of members) {
    const { state, label, tone } = stateOf(member);
    const known = counts.get(state);
    if (known) known.count++;
    else counts.set(state, { state, label, tone, count: 1 });
  }
  return [...counts.values()].sort((a, b) => urgency[a.tone] - urgency[b.tone] || a.label.localeCompare(b.label));
}

/** Those in a state whose name, label, version or reason contains the words; what needs somebody first, else by name. */
export function chosen(members: readonly Member[], state: string | undefined, search: string): Member[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  return members
    .filter((member) => {
      if (state && stateOf(member).state !== state) return false;
      const { instance, service } = member;
      const text = [
        instance.name,
        service?.runningVersion,
        service?.reason,
        ...Object.entries(instance.labels).map(([key, value]) => `${key}=${value}`),
      ]
        .join(" ")
        .toLowerCase();
      return words.every((word) => text.includes(word));
    })
    .sort((a, b) => urgency[stateOf(a).tone] - urgency[stateOf(b).tone] || byName(a.instance.name, b.instance.name));
}

const collator = new Intl.Collator("en", { numeric: true });
const byName = (a: string, b: string) => collator.compare(a, b);

export type Sentence = { tone: Tone; text: string };

type Running = Pick<Target, "version" | "runningVersions" | "instances" | "runningDeployment" | "drift">;

/** What of the instances does not run what it should, in a sentence; undefined: all is as it should be. */
export function driftOf({ version, runningVersions, instances, runningDeployment, drift = [] }: Running): Sentence | undefined {
  // Said with the groups, in the server's sentences.
  if (drift.length > 0) return undefined;
  const total = instances.total;
  const running = Object.entries(runningVersions)
    .filter(([, count]) => count > 0)
    .sort(([, a], [, b]) => b - a);
  const others = running.filter(([each]) => each !== version);
  const silent = total - running.reduce((sum, [, count]) => sum + count, 0);
  if (total === 0 || (running.length === 0 && !version)) return undefined;

  if (runningDeployment && running.length > 1) return { tone: "busy", text: `Changing over: ${listed(running)}.` };
  if (running.length > 1) return { tone: "warn", text: `Mixed versions: ${listed(running)}.` };
  if (runningDeployment) return undefined;
  const [other] = others;
  if (other) {
    const should = version ? `, but ${version} should run` : ", though nothing was deployed here";
    return {
      tone: "warn",
      text: `Drift: ${counted(other[1], "instance")} ${other[1] === 1 ? "runs" : "run"} ${other[0]}${should}.`,
    };
  }
  if (silent > 0)
    return { tone: "warn", text: `${counted(silent, "instance")} of ${total} ${silent === 1 ? "does" : "do"} not run it.` };
  return undefined;
}

function listed(running: [string, number][]): string {
  const parts = running.map(([version, count], index) =>
    index === 0
      ? `${counted(count, "instance")} ${count === 1 ? "runs" : "run"} ${version}`
      : `${count} ${count === 1 ? "runs" : "run"} ${version}`,
  );
  return parts.length < 2 ? (parts[0] ?? "") : `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}`;
}

/** "2 versions and 5 commits". Commits are left out where nobody told them. */
export function distance(versions: number, commits: number): string {
  return commits > 0 ? `${counted(versions, "version")} and ${counted(commits, "commit")}` : counted(versions, "version");
}
