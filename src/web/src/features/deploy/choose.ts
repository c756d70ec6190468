import type { Deployment, ServiceVersion, Target } from "~/api/schema";

/**
 * What to offer first: the newest version that is not bad and is newer than what runs here.
 * An older one is never offered by itself: going back is a decision.
 */
export function offered(versions: readonly ServiceVersion[], running: string | null | undefined): string | undefined {
  for (const { version, badBecause } of versions) {
    if (version === running) return undefined;
    if (!badBecause) return version;
  }
  return undefined;
}

/** Versions whose name, commit, branch, publisher or commit messages contain all the words. */
export function matching(versions: readonly ServiceVersion[], search: string): readonly ServiceVersion[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return versions;
  return versions.filter((each) => {
    const commits = each.commits ?? [];
    const text = [
      each.version,
      each.commit,
      each.branch,
      each.createdBy,
      ...commits.flatMap(({ sha, message, author }) => [sha, message, author]),
    ]
      .join("\n")
      .toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

export type Place = { environment: string; healthy: number; total: number };

/** Where each version runs now. */
export function placesOf(targets: readonly Target[]): Map<string, Place[]> {
  const places = new Map<string, Place[]>();
  for (const { version, environment, instances } of targets) {
    if (!version) continue;
    const known = places.get(version) ?? [];
    known.push({ environment, healthy: instances.healthy, total: instances.total });
    places.set(version, known);
  }
  return places;
}

export type Past = { environment: string; status: "failed" | "rolledBack" | "succeeded"; deployment: string };

/** How the last deployment of each version ended in each environment. `deployments`: newest first. */
export function pastOf(deployments: readonly Deployment[]): Map<string, Past[]> {
  const past = new Map<string, Past[]>();
  for (const { version, environment, status, id } of deployments) {
    if (status !== "failed" && status !== "rolledBack" && status !== "succeeded") continue;
    const known = past.get(version) ?? [];
    if (!known.some((each) => each.environment === environment)) known.push({ environment, status, deployment: id });
    past.set(version, known);
  }
  return past;
}

/** The branches of the versions that are known, most used first. */
export function branchesOf(versions: readonly ServiceVersion[]): string[] {
  const counts = new Map<string, number>();
  for (const { branch } of versions) if (branch) counts.set(branch, (counts.get(branch) ?? 0) + 1);
  return [...counts.keys()].sort((a, b) => (counts.get(b) ?? 0) - (counts.get(a) ?? 0) || a.localeCompare(b));
}
