import type { Answer, DeploymentVerdict, SignalDrawing, SignalVerdict } from "~/api/schema";
import { clock, milliseconds, spoken } from "~/ui/time";
import type { Tone } from "~/ui/tone";
import { said, share } from "./measures";

type Look = { tone: Tone; label: string };

// Exhaustive by type: a new answer does not compile until it has its words.

export const answerLook: Record<Answer, Look> = {
  pass: { tone: "ok", label: "Yes: pass" },
  fail: { tone: "bad", label: "No: fail" },
  inconclusive: { tone: "quiet", label: "Not known: inconclusive" },
};

export const signalLook: Record<Answer, Look> = {
  pass: { tone: "ok", label: "fine" },
  fail: { tone: "bad", label: "worse" },
  inconclusive: { tone: "quiet", label: "not certain" },
};

type Known = { title: string; isShare?: true; isCount?: true };

// A signal of a newer server that is not here is called as agents call it.
const known: Record<string, Known> = {
  restarts: { title: "Restarts by itself", isCount: true },
  newErrors: { title: "Errors of new kinds", isCount: true },
  requestErrors: { title: "Failed requests", isShare: true },
  errors: { title: "Lines of error", isCount: true },
  warnings: { title: "Warnings", isCount: true },
  probeFailures: { title: "Failed health probes", isShare: true },
  requestTimeHigh: { title: "Slowest requests (p99)" },
  requestTime: { title: "Time of requests" },
  probeTime: { title: "Time of health probes" },
  requests: { title: "Requests" },
  cpu: { title: "CPU" },
  memory: { title: "Memory" },
  threads: { title: "Threads" },
  files: { title: "Open files" },
  disk: { title: "Disk" },
  network: { title: "Network" },
};

const watchedPrefix = "metric:";

export function titleOf(signal: string): string {
  return known[signal]?.title ?? (signal.startsWith(watchedPrefix) ? signal.slice(watchedPrefix.length) : signal);
}

/** What its numbers are in, as measures.ts knows it. */
export function unitOf({ signal, unit }: Pick<SignalVerdict, "signal" | "unit">): string {
  return unit ?? (known[signal]?.isShare ? share : "");
}

/** What one point of its curve is. */
export function pointSaid(signal: string): string {
  if (known[signal]?.isShare) return "share of all, median of the instances";
  return known[signal]?.isCount ? "how many at a time, median of the instances" : "median of the instances";
}

export function counted(count: number, one: string): string {
  return count === 1 ? `1 ${one}` : `${count.toLocaleString("en")} ${one}s`;
}

/** Who was compared with whom. */
export function comparedSaid({ changed, unchanged }: Pick<DeploymentVerdict, "changed" | "unchanged">): string {
  if (changed === 0) return "No instance with the new version has been measured yet";
  const against = unchanged > 0 ? `${unchanged.toLocaleString("en")} that kept the version before` : "their own past";
  return `${counted(changed, "changed instance")} compared with ${against}`;
}

/** What is still missing, while it can come. */
export function missingSaid({ needs, needsRequests }: Pick<DeploymentVerdict, "needs" | "needsRequests">): string | undefined {
  const time = needs ? `about ${roughly(milliseconds(needs))} more` : undefined;
  const requests = needsRequests ? `about ${counted(rounded(needsRequests), "request")} more` : undefined;
  if (!time && !requests) return undefined;
  return `Needs ${[time, requests].filter(Boolean).join(", or ")}`;
}

/** Minutes, where seconds would only seem exact. */
function roughly(span: number): string {
  if (span < 90_000) return `${Math.max(1, Math.ceil(span / 1000))} s`;
  return span < 5_400_000 ? `${Math.ceil(span / 60_000)} min` : spoken(Math.ceil(span / 3_600_000) * 3_600_000);
}

function rounded(count: number): number {
  return Number(count.toPrecision(2));
}

/** Until when it goes on being judged. Nothing while the deployment itself goes on. */
export function watchSaid(watchedUntil: string | null | undefined, now: number): string | undefined {
  if (!watchedUntil) return undefined;
  return Date.parse(watchedUntil) > now
    ? `Watched until ${shortClock(watchedUntil)}`
    : `Was watched until ${shortClock(watchedUntil)}`;
}

export function shortClock(moment: string): string {
  return clock(moment).slice(0, 5);
}

/** The change in one phrase: what it most likely is, and within what it certainly is. */
export function effectSaid({ effect, low, high }: Pick<SignalVerdict, "effect" | "low" | "high">): string | undefined {
  if (effect == null) return undefined;
  const bounds = [
    low == null ? undefined : `at least ${changeSaid(low)}`,
    high == null ? undefined : `at most ${changeSaid(high)}`,
  ];
  const within = bounds.filter(Boolean).join(", ");
  return `Most likely ${changeSaid(effect)}${within ? `; ${within}` : ""}`;
}

function changeSaid(change: number): string {
  if (change >= 1) return `${number2(change + 1)} times as much`;
  const percent = number2(Math.abs(change) * 100);
  if (percent === "0") return "as before";
  return `${percent} % ${change > 0 ? "more" : "less"}`;
}

function number2(value: number): string {
  return value.toLocaleString("en", value < 10 ? { maximumSignificantDigits: 2 } : { maximumFractionDigits: 0 });
}

export function median(values: readonly (number | null | undefined)[]): number | undefined {
  const sorted = values.filter((value) => value != null).sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  if (sorted.length === 0) return undefined;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** What the eye sees in the curves, for who cannot see them. */
export function curvesSaid(title: string, { seconds, changed, unchanged }: SignalDrawing, unit: string): string {
  const sides = [sideSaid("The changed instances", seconds, changed, unit), sideSaid("The unchanged", seconds, unchanged, unit)];
  return `${title} over time. ${sides.filter(Boolean).join(" ")}`;
}

function sideSaid(who: string, seconds: number[], values: (number | null)[], unit: string): string | undefined {
  const before = median(values.filter((_, at) => seconds[at]! < 0));
  const since = median(values.filter((_, at) => seconds[at]! >= 0));
  if (before === undefined && since === undefined) return undefined;
  if (before === undefined) return `${who}: about ${said(since!, unit)} since the change.`;
  if (since === undefined) return `${who}: about ${said(before, unit)} before the change, nothing since.`;
  return `${who}: about ${said(before, unit)} before the change, about ${said(since, unit)} since.`;
}

/** "2 min after the change: changed 45 ms, unchanged 31 ms". */
export function valuesSaid({ seconds, changed, unchanged }: SignalDrawing, at: number, unit: string): string {
  const second = seconds[at]!;
  const when = second === 0 ? "at the change" : `${spanSaid(Math.abs(second))} ${second < 0 ? "before" : "after"} the change`;
  const sides = [
    ["changed", changed[at]],
    ["unchanged", unchanged[at]],
  ] as const;
  const told = sides.flatMap(([who, value]) => (value == null ? [] : [`${who} ${said(value, unit)}`]));
  return `${when}: ${told.join(", ") || "nothing measured"}`;
}

/** The two that are compared, as a reader calls them. */
export function sidesOf(unchanged: number): { changed: string; other: string } {
  return unchanged > 0 ? { changed: "changed", other: "unchanged" } : { changed: "since the change", other: "before it" };
}

export function spreadSaid(name: string, [, quarter, half, threeQuarters, most]: readonly number[], unit: string): string {
  const [q, h, t, m] = [quarter!, half!, threeQuarters!, most!].map((value) => said(value, unit));
  return `${name}: half of the values lie between ${q} and ${t}, the middle one is ${h}, and 95 % are below ${m}.`;
}

export function pathSaid({
  evidence,
  boundary,
  crossedAfter,
}: Pick<SignalVerdict, "evidence" | "boundary" | "crossedAfter">): string {
  if (crossedAfter != null) return `The evidence that it is worse became certain ${spanSaid(crossedAfter)} after the change.`;
  const part = boundary > 0 ? Math.round((100 * Math.max(0, evidence)) / boundary) : 0;
  return part === 0
    ? "There is no evidence that it is worse."
    : `The evidence that it is worse has reached ${Math.min(part, 99)} % of what would be certain.`;
}

export function spanSaid(seconds: number): string {
  return spoken(Math.round(seconds) * 1000).replace(".0 s", " s");
}
