import type { Artifact, Commit, Deployment } from "../../src/api/schema";
import { good } from "./api";
import type { Joining, Stack } from "./stack";
import { until } from "./until";

export type Plot = {
  service: string;
  team: string;
  description: string;
  /** Oldest first. */
  versions: string[];
  /** How far each environment has come, as an index into the versions. */
  reached: Record<string, number[]>;
  messages: string[];
};

const authors = ["Ada Byron", "Grace Murray", "Alan Kay", "Barbara Huberman", "Ken Iverson"];

/** What a service needs to be like the greeter, quick enough for a test. */
export function definitionOf({ service, team, description }: Pick<Plot, "service" | "team" | "description">): string {
  return `service: ${service}
description: ${description}
team: ${team}
run: node greeter.mjs
health: { http: /healthz, interval: 300ms, deadline: 5s, settle: 200ms }
drain: { wait: 50ms, deadline: 2s }
environments:
  dev:
    strategy: all-at-once
  production:
    strategy: { canary: { steps: [ { instances: 1, soak: 500ms } ], batch: 50% } }
`;
}

export async function apply(stack: Stack, definition: string): Promise<void> {
  const answer = await fetch(`${stack.url}/api/v1/services`, {
    method: "POST",
    headers: { authorization: `Bearer ${stack.token}`, "content-type": "application/yaml" },
    body: definition,
  });
  if (!answer.ok) throw new Error(`apply: ${answer.status} ${await answer.text()}`);
}

/** Services of several teams on real instances, with a history: each environment is brought to what it has reached, one after another. */
export async function live(stack: Stack, plots: Plot[], fleet: Joining[]): Promise<void> {
  for (const plot of plots) await apply(stack, definitionOf(plot));
  await stack.join(...fleet);
  await uploadOnce(stack, plots[0]!.service);
  for (const plot of plots) await publishAll(stack, plot);
  await Promise.all(plots.map((plot) => bringUp(stack, plot)));
}

/** One good build for all: what differs is what was told about it. */
let build: Artifact | null | undefined;

async function uploadOnce(stack: Stack, service: string): Promise<void> {
  await stack.publish(service, "0.1.0", "v1");
  build = good(
    await stack.api.http.GET("/api/v1/services/{service}/versions/{version}", {
      params: { path: { service, version: "0.1.0" } },
    }),
  ).artifact;
}

async function publishAll(stack: Stack, plot: Plot): Promise<void> {
  const { service, versions, messages } = plot;
  for (const [index, version] of versions.entries()) {
    const commits = commitsOf(service, version, messages, index);
    await publishTold(stack, service, version, commits);
  }
}

export async function publishTold(stack: Stack, service: string, version: string, commits: Commit[] = []): Promise<void> {
  good(
    await stack.api.http.POST("/api/v1/services/{service}/versions", {
      params: { path: { service } },
      body: {
        version,
        artifact: build?.sha256,
        format: build?.format,
        branch: "main",
        commit: commits[0]?.sha,
        commits,
        buildUrl: `https://ci.example.com/${service}/${version}`,
      },
    }),
  );
}

function commitsOf(service: string, version: string, messages: string[], index: number): Commit[] {
  const count = 1 + ((index + service.length) % 3);
  return Array.from({ length: count }, (_, at) => ({
    sha: shaOf(`${service} ${version} ${at}`),
    author: authors[(index * 2 + at + service.length) % authors.length]!,
    message: messages[(index * 3 + at) % messages.length]!,
    time: new Date(Date.now() - (count - index + at * 0.4) * 3_600_000).toISOString(),
  })) as Commit[];
}

function shaOf(text: string): string {
  let state = 7;
  return Array.from({ length: 40 }, (_, at) => {
    state = (Math.imul(state, 31) + text.charCodeAt(at % text.length) + at) >>> 0;
    return ((state >>> 5) & 15).toString(16);
  }).join("");
}

async function bringUp(stack: Stack, { service, versions, reached }: Plot): Promise<void> {
  await Promise.all(
    Object.entries(reached).map(async ([environment, steps]) => {
      for (const step of steps) {
        const { status, failure } = await stack.api.deployed({ service, environment, version: versions[step]! });
        if (status !== "succeeded")
          throw new Error(`${service} ${versions[step]} in ${environment}: ${status}, ${failure?.reason}`);
      }
    }),
  );
}

/** A version that answers every request with an error: fails at its first instance and is rolled back. */
export async function fail(stack: Stack, service: string, version: string, environment: string): Promise<Deployment> {
  await stack.publish(service, version, "v3");
  return stack.api.deployed({ service, environment, version, reason: "The campaign starts at noon" });
}

/** A canary that is watched for an hour, so that it is there for whoever looks. */
export async function canary(stack: Stack, service: string, version: string, environment: string): Promise<Deployment> {
  const { id } = await stack.api.deploy({
    service,
    environment,
    version,
    reason: "Faster search for long names",
    strategy: { kind: "canary", steps: [{ instances: "1", soak: "1h" }], batch: "50%" } as never,
  });
  return until("the canary is watched", async () => {
    const now = await stack.api.deployment(id);
    const waits = now.plan.stages.filter(({ wait }) => wait).map(({ name }) => name);
    return now.stages.some(({ name, status }) => status === "running" && waits.includes(name)) && now;
  });
}
