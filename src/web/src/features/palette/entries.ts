import type { Service, SlipwayEnvironment, Target } from "~/api/schema";

/** Something that the palette can do. */
export type Entry = { id: string; group: string; label: string; hint?: string; href: string };

const pages: [label: string, href: string][] = [
  ["Overview", "/"],
  ["Deployments", "/deployments"],
  ["Instances", "/instances"],
  ["Join an instance", "/instances?join=true"],
  ["Environments", "/environments"],
  ["Tokens and agents", "/access"],
  ["Connections", "/connections"],
  ["Feedback", "/feedback"],
  ["About", "/about"],
];

export function entries(services: Service[], environments: SlipwayEnvironment[], targets: Target[]): Entry[] {
  const order = new Map(environments.map(({ name }, index) => [name, index]));
  const sorted = targets.toSorted(
    (a, b) => a.service.localeCompare(b.service) || (order.get(a.environment) ?? 0) - (order.get(b.environment) ?? 0),
  );
  return [
    ...pages.map(([label, href]) => ({ id: href, group: "Screens", label, href })),
    ...services.map(({ name, definition }) => ({
      id: `service ${name}`,
      group: "Services",
      label: name,
      hint: definition.team ?? undefined,
      href: `/services/${name}`,
    })),
    ...sorted.map((target) => ({
      id: `target ${path(target)}`,
      group: "Targets",
      label: `${target.service} in ${target.environment}`,
      hint: target.version ?? "never deployed",
      href: path(target),
    })),
    ...sorted.map((target) => ({
      id: `deploy ${path(target)}`,
      group: "Deploy",
      label: `Deploy ${target.service} to ${target.environment}`,
      href: `${path(target)}/deploy`,
    })),
  ];
}

function path({ service, environment }: Target): string {
  return `/targets/${service}/${environment}`;
}

/** What fits the words that were typed, best first: a label that begins with them, then words that begin with them, then anything that holds them. */
export function matching(all: Entry[], query: string, most: number): Entry[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (/^d-[0-9a-z]{10}$/.test(query.trim()))
    return [{ id: query, group: "Deployments", label: `Deployment ${query.trim()}`, href: `/deployments/${query.trim()}` }];
  if (words.length === 0) return all.filter(({ group }) => group === "Screens");

  return all
    .map((entry) => ({ entry, score: score(entry, words) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .slice(0, most)
    .map(({ entry }) => entry);
}

function score({ label, hint }: Entry, words: string[]): number {
  const text = label.toLowerCase();
  let sum = 0;
  for (const word of words) {
    const at = text.indexOf(word);
    if (at === 0) sum += 4;
    else if (at > 0 && /[\s.-]/.test(text[at - 1]!)) sum += 3;
    else if (at > 0) sum += 1;
    else if (hint?.toLowerCase().includes(word)) sum += 0.5;
    else return 0;
  }
  // Of equals the shorter: "shop" before "shop-admin".
  return sum + 1 / (1 + label.length);
}
