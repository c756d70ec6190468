import { useSyncExternalStore } from "react";
import type { DeploymentEvent } from "./schema";

/**
 * What GET /api/v1/changes says. One connection serves all tabs of a browser, because over plain HTTP/1.1 a browser opens only six to a server:
 * the tab that holds the lock reads the stream and hands everything on to the others.
 */
export type Change =
  | { kind: "deployment"; event: DeploymentEvent }
  | { kind: "progress"; deployments: string[] }
  | { kind: "targets"; targets: { service: string; environment: string }[]; all: boolean }
  | { kind: "catalog"; kinds: string[] }
  /** The stream was interrupted: what was not seen must be asked for. */
  | { kind: "caughtUp" };

export type Connection = "connecting" | "live" | "lost";

type Signal = { change: Change } | { connection: Connection } | { ask: true };

const listeners = new Set<(change: Change) => void>();
const watchers = new Set<() => void>();
const retryAfter = 1000;

let connection: Connection = "connecting";
let channel: BroadcastChannel | undefined;
let leading = false;

export function onChange(listener: (change: Change) => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useConnection(): Connection {
  return useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    () => connection,
  );
}

/** Begins to listen; the answer ends it. */
export function listen(): () => void {
  const stop = new AbortController();
  channel = "BroadcastChannel" in window ? new BroadcastChannel("slipway-changes") : undefined;
  channel?.addEventListener("message", (message: MessageEvent<Signal>) => hear(message.data));
  channel?.postMessage({ ask: true } satisfies Signal);

  const lead = () => {
    leading = true;
    return read(stop.signal);
  };
  // Locks need a secure context; without one every tab reads for itself.
  if (channel && navigator.locks)
    navigator.locks.request("slipway-changes", { signal: stop.signal }, lead).catch(() => undefined);
  else void lead();

  return () => {
    stop.abort();
    channel?.close();
    channel = undefined;
    leading = false;
  };
}

function hear(signal: Signal) {
  if ("ask" in signal) {
    if (leading) channel?.postMessage({ connection } satisfies Signal);
  } else if ("connection" in signal) setConnection(signal.connection);
  else tell(signal.change);
}

function say(signal: Signal) {
  hear(signal);
  channel?.postMessage(signal);
}

function tell(change: Change) {
  for (const listener of listeners) listener(change);
}

function setConnection(next: Connection) {
  if (connection === next) return;
  connection = next;
  for (const watcher of watchers) watcher();
}

/** Reads until told to stop. EventSource resumes with Last-Event-ID by itself, but gives up on an HTTP error; then a new one is made. */
function read(stop: AbortSignal): Promise<void> {
  if (stop.aborted) return Promise.resolve();
  return new Promise((done) => {
    let source: EventSource | undefined;
    let retry: number | undefined;
    let interrupted = false;

    const open = () => {
      source = new EventSource("/api/v1/changes");
      source.onopen = () => {
        say({ connection: "live" });
        if (interrupted) say({ change: { kind: "caughtUp" } });
        interrupted = false;
      };
      source.onerror = () => {
        interrupted = true;
        say({ connection: "lost" });
        if (source?.readyState === EventSource.CLOSED) retry = window.setTimeout(open, retryAfter);
      };
      on(source, "deployment", (event: DeploymentEvent) => ({ kind: "deployment", event }));
      on(source, "progress", (data: { deployments: string[] }) => ({ kind: "progress", deployments: data.deployments }));
      on(source, "targets", (data: { targets: { service: string; environment: string }[]; all: boolean }) => ({
        kind: "targets",
        ...data,
      }));
      on(source, "catalog", (data: { kinds: string[] }) => ({ kind: "catalog", kinds: data.kinds }));
    };

    stop.addEventListener("abort", () => {
      source?.close();
      window.clearTimeout(retry);
      done();
    });
    open();
  });
}

function on<T>(source: EventSource, name: string, change: (data: T) => Change) {
  source.addEventListener(name, (message: MessageEvent<string>) => say({ change: change(JSON.parse(message.data)) }));
}
