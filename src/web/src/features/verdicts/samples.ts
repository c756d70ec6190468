import type { DeploymentVerdict, SignalDrawing, SignalVerdict } from "~/api/schema";

// Verdicts for tests, with numbers like those of real services: the same each time.

/** An even number between 0 and 1 from a seed, the same each time. */
function numbersFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

type Course = {
  /** Seconds since the change. */
  after: number;
  /** What is usual. */
  usual: number;
  /** How many times as much the changed have since the change. */
  times?: (seconds: number) => number;
  /** Evidence at so many seconds. */
  evidence?: (seconds: number) => number;
  /** Nobody is left unchanged. */
  alone?: boolean;
  seed?: number;
  digits?: number;
};

const warmUp = 60;
const hour = 3600;
const mostPoints = 120;

/** Curves as the judge draws them: an hour before the change, nothing while a start is warming up. */
export function drawn({ after, usual, times = () => 1, evidence = () => 0, alone, seed = 1, digits = 4 }: Course): SignalDrawing {
  const next = numbersFrom(seed);
  const stride = 10 * Math.ceil((hour + after) / 10 / mostPoints);
  const count = Math.min(mostPoints, Math.floor((hour + after) / stride));
  const seconds = Array.from({ length: count }, (_, at) => after - (count - 1 - at) * stride);
  const noisy = (value: number) => rounded(value * (1 + 0.08 * (next() + next() - 1)), digits);
  const world = (second: number) => 1 + 0.06 * Math.sin(second / 700);
  const unchanged = seconds.map((second) => (alone ? null : noisy(usual * world(second))));
  const changed = seconds.map((second) =>
    second >= 0 && second < warmUp ? null : noisy(usual * world(second) * (second < 0 ? 1 : times(second))),
  );
  const since = (values: (number | null)[]) => values.filter((_, at) => seconds[at]! >= warmUp);
  return {
    seconds,
    changed,
    unchanged,
    path: seconds.map((second) => (second < 0 ? null : rounded(evidence(second) + (second > 0 ? 0.3 * next() : 0), 3))),
    changedQuantiles: quantiles(since(changed)),
    unchangedQuantiles: quantiles(alone ? changed.filter((_, at) => seconds[at]! < 0) : since(unchanged)),
  };
}

function quantiles(values: (number | null)[]): number[] {
  const sorted = values.filter((value) => value !== null).sort((a, b) => a - b);
  if (sorted.length === 0) return [];
  return [0.05, 0.25, 0.5, 0.75, 0.95, 0.99].map((part) => {
    const place = part * (sorted.length - 1);
    const [low, high] = [sorted[Math.floor(place)]!, sorted[Math.ceil(place)]!];
    return rounded(low + (place % 1) * (high - low), 4);
  });
}

function rounded(value: number, digits: number): number {
  return Number(value.toPrecision(digits));
}

export function signal(rest: Partial<SignalVerdict> = {}): SignalVerdict {
  return {
    signal: "requestTime",
    unit: "ms",
    answer: "inconclusive",
    sentence: "Time of requests: not enough seen yet; about 6 min more.",
    evidence: 0,
    boundary: 8.4,
    ...rest,
  };
}

export function verdict(rest: Partial<DeploymentVerdict> = {}): DeploymentVerdict {
  return {
    deployment: "d-0000000000",
    answer: "inconclusive",
    sentence: "Time of requests: not enough seen yet; about 6 min more.",
    changed: 2,
    unchanged: 4,
    changedAt: "2026-11-24T12:00:00Z",
    judgedAt: "2026-11-24T12:04:00Z",
    signals: [],
    ...rest,
  };
}

type Moments = { changedAt: string; judgedAt: string; watchedUntil?: string; takenBackBy?: string };

/** Slower requests and a new kind of error, found four minutes after the change. */
export function failing(deployment: string, instance: string, moments: Moments): DeploymentVerdict {
  const after = 240;
  const grows = (to: number) => (second: number) => (to * Math.max(0, second - warmUp)) / (after - warmUp);
  const sentence = "Time of requests: 46 % higher on the changed instances; certain 4 min after the first change.";
  return verdict({
    deployment,
    ...moments,
    answer: "fail",
    sentence,
    changed: 2,
    unchanged: 4,
    signals: [
      signal({
        answer: "fail",
        sentence,
        effect: 0.46,
        low: 0.31,
        high: 0.62,
        evidence: 11.2,
        crossedAfter: 210,
        drawing: drawn({ after, usual: 31, times: () => 1.46, evidence: grows(10.1), seed: 3 }),
      }),
      signal({
        signal: "newErrors",
        unit: null,
        sentence:
          "Errors of new kinds: 12 on the changed 2 instances where 0 would be usual on the 4 unchanged, which may still be chance.",
        evidence: 6.2,
        drawing: drawn({ after, usual: 0, evidence: grows(6.2), seed: 4 }),
      }),
      signal({
        signal: "requestErrors",
        unit: null,
        sentence: "Failed requests: 24 % higher so far, which may still be chance; more time is needed than can be told.",
        effect: 0.24,
        low: -0.1,
        high: 0.9,
        evidence: 1.4,
        drawing: drawn({ after, usual: 0.004, times: () => 1.24, evidence: grows(1.4), seed: 5 }),
      }),
      ...quiet(after),
    ],
    newErrors: [
      {
        template: "ERROR Could not reach <*> within <*>",
        example: "ERROR Could not reach 10.0.3.7 within 250 ms",
        count: 12,
        instances: 2,
      },
      {
        template: "ERROR No rate for currency <*>, using the one of yesterday",
        example: "ERROR No rate for currency SEK, using the one of yesterday",
        count: 1,
        instances: 1,
      },
    ],
    lines: {
      instance,
      lines: [
        "12:03:51 INFO  GET /basket/8122 200 in 47 ms",
        "12:03:52 ERROR Could not reach 10.0.3.7 within 250 ms",
        "12:03:52 WARN  Basket 8122 is shown without its prices",
        "12:03:53 INFO  GET /basket/1740 200 in 297 ms",
        "12:03:55 ERROR Could not reach 10.0.3.7 within 250 ms",
      ],
    },
  });
}

/** Memory that leaks, found on all instances while they were watched: only the past is left to compare with. */
export function leaking(deployment: string, moments: Moments): DeploymentVerdict {
  const after = 1200;
  const sentence = "Memory: 38 % higher on the changed instances; certain 19 min after the first change.";
  return verdict({
    deployment,
    ...moments,
    answer: "fail",
    sentence,
    changed: 3,
    unchanged: 0,
    signals: [
      signal({
        signal: "memory",
        unit: "bytes",
        answer: "fail",
        sentence,
        effect: 0.38,
        low: 0.12,
        evidence: 9.9,
        crossedAfter: 1110,
        drawing: drawn({
          after,
          alone: true,
          usual: 212_000_000,
          times: (second) => 0.8 + second / 1500,
          evidence: (second) => 9.7 * Math.max(0, (second - 300) / 900) ** 2 - (second < 400 ? 0.6 : 0),
          seed: 6,
        }),
      }),
      ...quiet(after)
        .filter((each) => each.signal !== "memory")
        .map((each) => ({ ...each, drawing: drawn({ after, alone: true, usual: 1, seed: 9 }) })),
    ],
  });
}

/** Nothing wrong, and not enough seen yet. */
export function undecided(deployment: string, moments: Moments): DeploymentVerdict {
  const after = 150;
  return verdict({
    deployment,
    ...moments,
    changed: 1,
    unchanged: 2,
    needs: "350s",
    needsRequests: 3270,
    signals: [
      signal({
        effect: 0.04,
        low: -0.2,
        high: 0.3,
        evidence: 1.1,
        drawing: drawn({ after, usual: 31, times: () => 1.04, evidence: (second) => second / 140, seed: 7 }),
      }),
      ...quiet(after),
    ],
  });
}

/** What is never the matter here. */
function quiet(after: number): SignalVerdict[] {
  const fine = (signalName: string, unit: string | null, title: string, usual: number, seed: number) =>
    signal({
      signal: signalName,
      unit,
      answer: "pass",
      sentence: `${title}: 1 % higher, and clear changes for the worse are ruled out.`,
      effect: 0.01,
      low: -0.05,
      high: 0.07,
      evidence: 0.4,
      drawing: drawn({ after, usual, evidence: () => -0.4, seed }),
    });
  return [
    fine("cpu", "cores", "CPU", 0.42, 11),
    fine("memory", "bytes", "Memory", 212_000_000, 12),
    fine("threads", null, "Threads", 38, 13),
    fine("files", null, "Open files", 120, 14),
    fine("requests", null, "Requests", 1430, 15),
    fine("network", "bytes/s", "Network", 830_000, 16),
  ];
}
