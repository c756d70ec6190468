import type { Service, SlipwayEnvironment, Target } from "~/api/schema";

/** What the overview shows of everything there is. All of it comes from the URL, so that a team's own view is a link. */
export type View = {
  q?: string;
  team?: string;
  env?: string[];
  show?: Show;
};

export type Show = "favourites" | "differences" | "unhealthy" | "held" | "running";

export type Row = { service: string; team: string | undefined; cells: (Target | undefined)[] };

export type Board = { environments: SlipwayEnvironment[]; rows: Row[]; teams: string[]; counts: Record<Show, number> };

export function board(
  services: Service[],
  environments: SlipwayEnvironment[],
  targets: Target[],
  favourites: ReadonlySet<string>,
  view: View,
): Board {
  const shown = view.env ? environments.filter(({ name }) => view.env?.includes(name)) : environments;
  const column = new Map(shown.map(({ name }, index) => [name, index]));
  const cells = new Map(services.map(({ name }) => [name, new Array<Target | undefined>(shown.length).fill(undefined)]));
  for (const target of targets) {
    const at = column.get(target.environment);
    const row = cells.get(target.service);
    if (at !== undefined && row) row[at] = target;
  }

  const all = services
    .map(({ name, definition }): Row => ({ service: name, team: definition.team ?? undefined, cells: cells.get(name) ?? [] }))
    .filter((row) => speaksOf(row, view.q) && (!view.team || row.team === view.team))
    .sort((a, b) => Number(favourites.has(b.service)) - Number(favourites.has(a.service)) || a.service.localeCompare(b.service));

  const is: Record<Show, (row: Row) => boolean> = {
    favourites: (row) => favourites.has(row.service),
    differences: (row) => row.cells.some((cell) => cell && (cell.behind || isMixed(cell))),
    unhealthy: (row) => row.cells.some((cell) => cell && isUnwell(cell)),
    held: (row) => row.cells.some((cell) => cell?.hold),
    running: (row) => row.cells.some((cell) => cell?.runningDeployment),
  };
  const counts = Object.fromEntries(Object.entries(is).map(([show, fits]) => [show, all.filter(fits).length])) as Record<
    Show,
    number
  >;
  const teams = [...new Set(services.flatMap(({ definition }) => definition.team ?? []))].sort((a, b) => a.localeCompare(b));
  return { environments: shown, rows: view.show ? all.filter(is[view.show]) : all, teams, counts };
}

/** Instances of one target run different versions although nothing is being deployed. */
export function isMixed(target: Target): boolean {
  return !target.runningDeployment && Object.keys(target.runningVersions).length > 1;
}

/** Instances run something else than the target should, although nothing is being deployed. */
export function hasDrifted(target: Target): boolean {
  if (target.runningDeployment || !target.version) return false;
  if (target.drift?.length) return true;
  return Object.keys(target.runningVersions).some((version) => version !== target.version);
}

export function isUnwell({ instances, version }: Target): boolean {
  if (!version) return false;
  return Number(instances.unhealthy ?? 0) > 0 || Number(instances.connected ?? 0) < Number(instances.total ?? 0);
}

/** Every word of the search is in the service's name, its team, or a version that it runs. */
function speaksOf(row: Row, search: string | undefined): boolean {
  if (!search) return true;
  const text = [row.service, row.team ?? "", ...row.cells.map((cell) => cell?.version ?? "")].join(" ").toLowerCase();
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

/** Everything worth knowing about a cell, in a sentence for hover and screen reader. */
export function told(target: Target): string {
  const said = [`${target.service} in ${target.environment}: ${target.version ?? "never deployed"}`];
  const { total = 0, healthy = 0 } = target.instances;
  if (Number(total) > 0) said.push(`${healthy} of ${total} instances healthy`);
  if (target.runningDeployment) said.push("a deployment is running");
  if (hasDrifted(target)) said.push(...drift(target));
  if (target.hold) said.push(`on hold: ${target.hold.reason}`);
  if (target.behind) said.push(behind(target.behind));
  return said.join(" · ");
}

/** How what runs differs from what should. Where somebody else runs the instances, the server has the sentences. */
function drift(target: Target): string[] {
  return target.drift?.length ? target.drift : ["some instances run another version than they should"];
}

export function behind({ environment, version, versions, commits }: NonNullable<Target["behind"]>): string {
  const distance = Number(commits) > 0 ? count(Number(commits), "commit") : count(Number(versions), "version");
  return `${environment} has ${version}, ${distance} more`;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
