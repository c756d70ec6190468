import type { Scope } from "~/api/schema";

/** What each scope is for, in words. Exhaustive by type. */
export const scopes: Record<Scope, { title: string; may: string; for: string }> = {
  read: { title: "read", may: "See everything, change nothing.", for: "Dashboards, wall screens" },
  publish: { title: "publish", may: "Read, and publish versions of services.", for: "CI that builds" },
  deploy: {
    title: "deploy",
    may: "Publish, and deploy, roll back, restart, hold and change settings.",
    for: "Developers, CI that deploys",
  },
  admin: { title: "admin", may: "Everything: environments, tokens, instances, the audit.", for: "A few people" },
};

/** Services and environments restrict what a token may change: they mean something for these scopes only. */
export function canBeLimited(scope: Scope): { services: boolean; environments: boolean } {
  return { services: scope === "publish" || scope === "deploy", environments: scope === "deploy" };
}
