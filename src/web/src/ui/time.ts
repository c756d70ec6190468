import { useSyncExternalStore } from "react";

const units = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** "500ms", "30s", "5m", "2h", "7d" in milliseconds. */
export function milliseconds(duration: string): number {
  const parts = /^(\d+)(ms|s|m|h|d)$/.exec(duration);
  if (!parts) throw new Error(`"${duration}" is no duration.`);
  return Number(parts[1]) * units[parts[2] as keyof typeof units];
}

/** How long, in at most two units: "0.4 s", "12 s", "3 min 5 s", "2 h 10 min", "4 d 3 h". */
export function spoken(span: number): string {
  if (span < 0) return "0 s";
  if (span < 10_000) return `${(Math.floor(span / 100) / 10).toFixed(1)} s`;
  const seconds = Math.floor(span / 1000);
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return two(Math.floor(seconds / 60), "min", seconds % 60, "s");
  if (seconds < 86_400) return two(Math.floor(seconds / 3600), "h", Math.floor((seconds % 3600) / 60), "min");
  return two(Math.floor(seconds / 86_400), "d", Math.floor((seconds % 86_400) / 3600), "h");
}

function two(first: number, firstUnit: string, second: number, secondUnit: string): string {
  return second === 0 ? `${first} ${firstUnit}` : `${first} ${firstUnit} ${second} ${secondUnit}`;
}

/** "just now", "12 s ago", "5 min ago", "3 h ago", "yesterday", "4 d ago", then the date. */
export function ago(then: number, now: number): string {
  const seconds = Math.round((now - then) / 1000);
  if (seconds < -5) return `in ${spoken(then - now)}`;
  if (seconds < 5) return "just now";
  if (seconds < 60) return `${seconds} s ago`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ago`;
  if (seconds < 86_400) return `${Math.floor(seconds / 3600)} h ago`;
  if (seconds < 2 * 86_400) return "yesterday";
  if (seconds < 30 * 86_400) return `${Math.floor(seconds / 86_400)} d ago`;
  return new Date(then).toLocaleDateString(undefined, { dateStyle: "medium" });
}

/** Short enough for a cell: "now", "12s", "5m", "3h", "4d", "7w", "2y". */
export function age(then: number, now: number): string {
  const seconds = Math.max(0, Math.round((now - then) / 1000));
  if (seconds < 5) return "now";
  if (seconds < 60) return `${seconds}s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)}m`;
  if (seconds < 86_400) return `${Math.floor(seconds / 3600)}h`;
  if (seconds < 21 * 86_400) return `${Math.floor(seconds / 86_400)}d`;
  if (seconds < 730 * 86_400) return `${Math.floor(seconds / (7 * 86_400))}w`;
  return `${Math.floor(seconds / (365 * 86_400))}y`;
}

export function exact(then: string): string {
  return new Date(then).toLocaleString(undefined, { dateStyle: "full", timeStyle: "long" });
}

export function clock(then: string): string {
  return new Date(then).toLocaleTimeString(undefined, { hour: "2-digit", minute: "2-digit", second: "2-digit", hour12: false });
}

// One timer for all clocks on the page.
const slow = ticker(10_000);
const fast = ticker(1000);

/** The time now; the page is drawn again every second (`second`) or every ten. */
export function useNow(every: "second" | "tenSeconds" = "tenSeconds"): number {
  const { subscribe, now } = every === "second" ? fast : slow;
  return useSyncExternalStore(subscribe, now);
}

function ticker(interval: number) {
  const listeners = new Set<() => void>();
  let time = Date.now();
  let timer: ReturnType<typeof setInterval> | undefined;
  return {
    now: () => time,
    subscribe: (listener: () => void) => {
      listeners.add(listener);
      timer ??= setInterval(() => {
        time = Date.now();
        for (const each of listeners) each();
      }, interval);
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0) {
          clearInterval(timer);
          timer = undefined;
        }
      };
    },
  };
}
