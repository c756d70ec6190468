import type { DrainDefinition, HealthDefinition, ServiceDefinition } from "~/api/schema";
import { strategySaid } from "~/features/deployments/strategy";

/** slipway.yaml as sentences, for people who never write one. */
export function inWords(definition: ServiceDefinition): [subject: string, sentence: string][] {
  const { run, shell, unit, user, port, health, stop, drain, prepare, keep, strategy } = definition;
  const said: [string, string | undefined | null | false][] = [
    ["Deployment type", definition.type === "trigger" ? "started on long-lived instances by their agents" : definition.type],
    ["Starts with", unit ? `the systemd unit ${unit}` : run && (shell ? `the shell line ${run.join(" ")}` : run.join(" "))],
    ["Runs as", user ? `the user ${user}` : undefined],
    ["Listens on", port ? `port ${port}` : "a port that each instance chooses"],
    ["Is healthy when", health ? healthy(health) : "its process is alive"],
    ["Is stopped by", stop && `${stop.signal}, and killed after ${stop.grace}`],
    ["Before it stops", drain && drained(drain)],
    ["Before it starts", prepare?.command ? `${prepare.command.join(" ")} runs once after unpacking` : undefined],
    [
      "Prepared ahead",
      prepare?.ahead ? "yes: a published version is fetched and unpacked at once, a deployment only switches" : undefined,
    ],
    ["Kept ready", keep && `the last ${keep.versions} versions${keep.disk ? `, at most ${bytes(Number(keep.disk))}` : ""}`],
    ["Changes instances", strategy ? strategySaid(strategy) : "one instance first, then a quarter at a time"],
  ];
  return said.filter((pair): pair is [string, string] => Boolean(pair[1]));
}

export function healthy(health: HealthDefinition): string {
  const checks = [
    health.http &&
      `GET ${health.http} answers ${health.status ?? "200-299"}${health.contains ? ` with “${health.contains}” in it` : ""}`,
    health.tcp !== null &&
      health.tcp !== undefined &&
      (Number(health.tcp) === 0 ? "its port accepts a connection" : `port ${health.tcp} accepts a connection`),
    health.command && `${health.command.join(" ")} ends with 0`,
  ].filter(Boolean);
  const what = checks.length > 0 ? checks.join(" and ") : "its process is alive";
  const times = [
    health.deadline && `within ${health.deadline} of its start`,
    health.settle && `stays so for ${health.settle}`,
  ].filter(Boolean);
  return times.length > 0 ? `${what}, ${times.join(", and ")}` : what;
}

function drained({ wait, deadline }: DrainDefinition): string {
  return `balancers are told${wait ? `, at least ${wait} before` : ""}; open connections have ${deadline} to end`;
}

export function bytes(count: number): string {
  const units = ["B", "KB", "MB", "GB", "TB"];
  let unit = 0;
  let amount = count;
  while (amount >= 1000 && unit < units.length - 1) {
    amount /= 1000;
    unit++;
  }
  return `${amount < 10 && unit > 0 ? amount.toFixed(1) : Math.round(amount)} ${units[unit]}`;
}
