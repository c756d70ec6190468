import type { Deployment, DeploymentStatus } from "~/api/schema";

export type Day = { day: string; date: Date; deployments: Deployment[] };

/** By the reader's own calendar; the order stays: newest first. */
export function byDay(deployments: Deployment[]): Day[] {
  const days: Day[] = [];
  for (const deployment of deployments) {
    const date = new Date(deployment.createdAt);
    const day = dayOf(date);
    const last = days.at(-1);
    if (last?.day === day) last.deployments.push(deployment);
    else days.push({ day, date, deployments: [deployment] });
  }
  return days;
}

export function dayOf(date: Date): string {
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

export function dayName(date: Date, now: Date): string {
  if (dayOf(date) === dayOf(now)) return "Today";
  const yesterday = new Date(now.getFullYear(), now.getMonth(), now.getDate() - 1);
  if (dayOf(date) === dayOf(yesterday)) return "Yesterday";
  return date.toLocaleDateString(undefined, {
    weekday: "long",
    day: "numeric",
    month: "long",
    year: date.getFullYear() === now.getFullYear() ? undefined : "numeric",
  });
}

/** How it ended, in the three ways that a summary tells apart. */
export type Outcome = "succeeded" | "failed" | "other";

const outcomes: Record<DeploymentStatus, Outcome> = {
  queued: "other",
  running: "other",
  paused: "other",
  succeeded: "succeeded",
  failed: "failed",
  rolledBack: "failed",
  cancelled: "other",
  superseded: "other",
};

export type DayCount = { day: string; date: Date } & Record<Outcome, number>;

const mostDays = 120;
/** So that a few days look like days, not like blocks. */
const fewestDays = 21;

/** Oldest first, with the days on which nothing happened. */
export function perDay(days: Day[]): DayCount[] {
  const counts = new Map(days.map(({ day, date, deployments }) => [day, { day, date, ...outcomesOf(deployments) }]));
  const newest = days[0]?.date;
  const oldest = days.at(-1)?.date;
  if (!newest || !oldest) return [];
  const all: DayCount[] = [];
  for (let back = 0; back < mostDays; back++) {
    const date = new Date(newest.getFullYear(), newest.getMonth(), newest.getDate() - back);
    const day = dayOf(date);
    all.unshift(counts.get(day) ?? { day, date, succeeded: 0, failed: 0, other: 0 });
    if (day <= dayOf(oldest) && back + 1 >= fewestDays) break;
  }
  return all;
}

function outcomesOf(deployments: Deployment[]): Record<Outcome, number> {
  const count = { succeeded: 0, failed: 0, other: 0 };
  for (const { status } of deployments) count[outcomes[status]]++;
  return count;
}

function two(number: number): string {
  return String(number).padStart(2, "0");
}
