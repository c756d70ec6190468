import type { Tone } from "~/ui/tone";

type Rule = [method: string, path: RegExp, say: (...parts: string[]) => string];

const p = (path: string) => new RegExp(`^(?:/api/v1|/agent/v1)/${path.replaceAll(":", "([^/]+)")}/?$`);

/** What a request did, in a person's words. The first that fits. */
const rules: Rule[] = [
  ["POST", p("deployments"), () => "Asked for a deployment"],
  ["POST", p("deployments/:/approve"), (id) => `Approved what deployment ${id} asked`],
  ["POST", p("deployments/:/reject"), (id) => `Rejected what deployment ${id} asked`],
  ["POST", p("deployments/:/:"), (id, control) => `${capital(control!)} of deployment ${id}`],
  ["POST", p("targets/:/:/rollback"), (service, environment) => `Rolled back ${service} in ${environment}`],
  ["POST", p("targets/:/:/restart"), (service, environment) => `Restarted ${service} in ${environment}`],
  ["PUT", p("targets/:/:/hold"), (service, environment) => `Put ${service} in ${environment} on hold`],
  ["DELETE", p("targets/:/:/hold"), (service, environment) => `Lifted the hold of ${service} in ${environment}`],
  [
    "PUT",
    p("targets/:/:/autoDeploy"),
    (service, environment) => `Switched automatic deployment of ${service} to ${environment} on`,
  ],
  [
    "DELETE",
    p("targets/:/:/autoDeploy"),
    (service, environment) => `Switched automatic deployment of ${service} to ${environment} off`,
  ],
  ["POST", p("services/:/versions"), (service) => `Published a version of ${service}`],
  ["DELETE", p("services/:/versions/:"), (service, version) => `Deleted ${version} of ${service}`],
  ["POST", p("services"), () => "Described a service"],
  ["DELETE", p("services/:"), (service) => `Deleted the service ${service}`],
  ["PUT", p("environments/:"), (environment) => `Set the environment ${environment}`],
  ["DELETE", p("environments/:"), (environment) => `Deleted the environment ${environment}`],
  ["PUT", p("connections/:"), (connection) => `Set the connection ${connection}`],
  ["DELETE", p("connections/:"), (connection) => `Deleted the connection ${connection}`],
  ["POST", p("connections/:/test"), (connection) => `Tested the connection ${connection}`],
  ["PATCH", p("instances/:"), (instance) => `Changed the instance ${instance}`],
  ["DELETE", p("instances/:"), (instance) => `Removed the instance ${instance}`],
  ["POST", p("instances/:/services/:/restart"), (instance, service) => `Restarted ${service} on ${instance}`],
  ["POST", p("tokens"), () => "Made a token"],
  ["DELETE", p("tokens/:"), (id) => `Revoked the token ${id}`],
  ["POST", p("joinTokens"), () => "Made a join token"],
  ["DELETE", p("joinTokens/:"), (id) => `Revoked the join token ${id}`],
  ["POST", p("join"), () => "Joined an instance"],
  ["POST", p("session"), () => "Signed in"],
  ["DELETE", p("session"), () => "Signed out"],
  ["POST", p("feedback"), () => "Gave feedback"],
  ["PUT", p("feedback/:/answer"), () => "Answered feedback"],
  ["POST", p("uploads"), () => "Began an upload"],
  ["PATCH", p("uploads/:"), () => "Sent a part of an upload"],
];

/** Undefined: only the request itself says it. */
export function deed(action: string): string | undefined {
  const at = action.indexOf(" ");
  const [method, path] = [action.slice(0, at), action.slice(at + 1)];
  for (const [wanted, pattern, say] of rules) {
    const found = method === wanted && pattern.exec(path);
    if (found) return say(...found.slice(1));
  }
  return undefined;
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

export function outcome(status: number): { tone: Tone; label: string } {
  if (status < 400) return { tone: "ok", label: "done" };
  if (status === 401 || status === 403) return { tone: "bad", label: "refused" };
  return status < 500 ? { tone: "warn", label: "not done" } : { tone: "bad", label: "failed" };
}

const spans = { "1h": 3_600_000, "1d": 86_400_000, "7d": 604_800_000 } as const;
export type Span = keyof typeof spans;

/** From when on, to the minute, so that the same question keeps the same name in the cache for a while. */
export function sinceTime(span: Span | undefined, now: number): string | undefined {
  return span && new Date(Math.floor((now - spans[span]) / 60_000) * 60_000).toISOString();
}
