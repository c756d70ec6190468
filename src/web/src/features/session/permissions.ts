import type { Scope, WhoAmI } from "~/api/schema";

/** Each scope includes the ones before it. */
const ladder: Record<Scope, number> = { read: 0, publish: 1, deploy: 2, admin: 3 };

type Subject = { service?: string; environment?: string };

/** Why this token may not do it, in a sentence; undefined: it may. The server decides; this only says so before. */
export function refusal(me: WhoAmI, scope: Scope, { service, environment }: Subject = {}): string | undefined {
  if (ladder[me.scope] < ladder[scope]) return `Needs the scope ${scope}; the token "${me.name}" has ${me.scope}.`;
  if (service && me.services && !me.services.includes(service)) return `The token "${me.name}" is not for ${service}.`;
  if (environment && me.environments && !me.environments.includes(environment))
    return `The token "${me.name}" is not for ${environment}.`;
  return undefined;
}
