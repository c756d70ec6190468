import type { QueryClient } from "@tanstack/react-query";
import { api, take } from "./client";
import { keys } from "./keys";
import { type Change, onChange } from "./live";
import type { DeploymentEvent, Target } from "./schema";

/** Above this many at once it is cheaper to ask for the whole list again. */
const fewTargets = 12;
/** A list of thousands is not asked for more often than this while everything moves. Milliseconds. */
const listPause = 1000;
/** The instances of a deployment, which may be thousands, are not asked for more often than this. Milliseconds. */
const progressPause = 500;

/** Keeps the query cache true: the one place that knows which change concerns which query. */
export function keepFresh(queries: QueryClient): () => void {
  const stale = (...key: readonly unknown[]) => void queries.invalidateQueries({ queryKey: key });
  const targetsLater = atMostEvery(listPause, () => stale(...keys.targets));
  const instancesLater = atMostEvery(listPause, () => stale("instances"));
  const deploymentsLater = atMostEvery(250, () => stale("deployments", "list"));

  return onChange((change: Change) => {
    switch (change.kind) {
      case "deployment":
        void refreshDeployment(queries, change.event.deployment);
        void refreshVerdict(queries, change.event.deployment);
        addToStory(queries, change.event);
        void refreshTarget(queries, change.event.service, change.event.environment);
        deploymentsLater();
        if (change.event.type === "finished") {
          stale("versions", change.event.service);
          void refreshProgress(queries, change.event.deployment);
        }
        break;
      case "progress":
        for (const deployment of change.deployments) void refreshProgress(queries, deployment);
        break;
      case "targets":
        if (change.all || change.targets.length > fewTargets) {
          targetsLater();
          queries.invalidateQueries({ queryKey: ["targets"], predicate: ({ queryKey }) => queryKey[1] !== "all" });
        } else for (const { service, environment } of change.targets) void refreshTarget(queries, service, environment);
        instancesLater();
        break;
      case "catalog":
        for (const kind of change.kinds) stale(kind);
        if (change.kinds.some((kind) => kind === "services" || kind === "environments" || kind === "versions")) targetsLater();
        break;
      case "caughtUp":
        void queries.invalidateQueries();
        break;
    }
  });
}

/** The stream carries the event itself, so a story that is complete grows without another question. An answer under way may be older: asked again. */
function addToStory(queries: QueryClient, event: DeploymentEvent) {
  const queryKey = keys.deploymentEvents(event.deployment);
  const known = queries.isFetching({ queryKey }) > 0 ? undefined : queries.getQueryData<DeploymentEvent[]>(queryKey);
  const story = known && withEvent(known, event);
  if (story) queries.setQueryData(queryKey, story);
  else void queries.invalidateQueries({ queryKey });
}

/** The story with one event more; undefined: something in between is missing. */
export function withEvent(known: DeploymentEvent[], event: DeploymentEvent): DeploymentEvent[] | undefined {
  const last = known.at(-1)?.sequence ?? 0;
  if (event.sequence <= last) return known;
  return event.sequence === last + 1 ? [...known, event] : undefined;
}

/** An answer of many pages is waited for and never thrown away for a newer question: else, while all of them move, none would ever arrive. */
const refreshProgress = (queries: QueryClient, deployment: string) =>
  inTurn(`progress ${deployment}`, async () => {
    const pause = new Promise((over) => setTimeout(over, progressPause));
    await refresh(queries, keys.deploymentInstances(deployment));
    await pause;
  });

/** The events of one step come together: they are one or two questions, not one each. */
const refreshDeployment = (queries: QueryClient, deployment: string) =>
  inTurn(`deployment ${deployment}`, () => refresh(queries, keys.deployment(deployment)));

const refreshVerdict = (queries: QueryClient, deployment: string) =>
  inTurn(`verdict ${deployment}`, () => refresh(queries, keys.deploymentVerdict(deployment)));

const refreshTarget = (queries: QueryClient, service: string, environment: string) =>
  inTurn(`target ${service}/${environment}`, () => askTarget(queries, service, environment));

/** An answer that is under way already may be older than the change: asked again after it. */
async function refresh(queries: QueryClient, queryKey: readonly unknown[]) {
  const late = queries.isFetching({ queryKey }) > 0;
  await queries.invalidateQueries({ queryKey }, { cancelRefetch: false });
  if (late) await queries.invalidateQueries({ queryKey }, { cancelRefetch: false });
}

/** Asks for one target and puts it into every list that shows it. */
async function askTarget(queries: QueryClient, service: string, environment: string) {
  const key = keys.target(service, environment);
  const list = queries.getQueryData<Target[]>(keys.targets);
  if (!list && !queries.getQueryState(key)) return;
  try {
    const target = await take(api.GET("/api/v1/targets/{service}/{environment}", { params: { path: { service, environment } } }));
    queries.setQueryData(key, target);
    queries.setQueryData<Target[]>(keys.targets, (all) => all && put(all, target));
    void queries.invalidateQueries({ queryKey: [...key, "config"] });
    void queries.invalidateQueries({ queryKey: [...key, "groups"] });
  } catch {
    void queries.invalidateQueries({ queryKey: ["targets"] });
  }
}

function put(all: Target[], target: Target): Target[] {
  const at = all.findIndex((known) => known.service === target.service && known.environment === target.environment);
  return at < 0 ? [...all, target] : all.with(at, target);
}

/** The first call acts at once, the ones in the pause after it together at its end. */
export function atMostEvery(pause: number, act: () => void): () => void {
  let waiting = false;
  let again = false;
  const run = () => {
    act();
    waiting = true;
    again = false;
    setTimeout(() => {
      waiting = false;
      if (again) run();
    }, pause);
  };
  return () => {
    if (waiting) again = true;
    else run();
  };
}

const asking = new Map<string, "once" | "again">();

/** One question of a name at a time, so that an older answer never comes after a newer one. What is called meanwhile is asked once, after it. */
export async function inTurn(name: string, ask: () => Promise<void>): Promise<void> {
  if (asking.has(name)) {
    asking.set(name, "again");
    return;
  }
  try {
    do {
      asking.set(name, "once");
      await ask();
    } while (asking.get(name) === "again");
  } finally {
    asking.delete(name);
  }
}
