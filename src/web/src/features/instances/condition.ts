import type { Instance, InstanceService } from "~/api/schema";
import { serviceLook, type Tone } from "~/ui/tone";

export type Condition = { tone: Tone; label: string };

/** What is worse has the higher number. */
export const gravity: Record<Tone, number> = { quiet: 0, ok: 1, busy: 2, warn: 3, bad: 4 };

/** How an instance is, in one word: away before all, else the worst of its services. */
export function conditionOf(instance: Pick<Instance, "connected" | "lastSeenAt" | "services">): Condition {
  if (!instance.connected) return { tone: "warn", label: instance.lastSeenAt ? "away" : "never connected" };
  if (instance.services.length === 0) return { tone: "quiet", label: "no services" };
  return instance.services
    .map(serviceCondition)
    .reduce((worst, each) => (gravity[each.tone] > gravity[worst.tone] ? each : worst));
}

/** A healthy service on another version than it should run is not all right. */
export function serviceCondition(service: InstanceService): Condition {
  const look = serviceLook(service.state);
  return look.tone === "ok" && isElsewhere(service) ? { tone: "warn", label: "on another version" } : look;
}

export function isElsewhere({ assignedVersion, runningVersion }: InstanceService): boolean {
  return Boolean(assignedVersion && runningVersion && assignedVersion !== runningVersion);
}
