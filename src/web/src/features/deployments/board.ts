import type { Deployment, InstanceProgress, InstanceStep } from "~/api/schema";
import { isUnderWay, stepLook, type Tone } from "~/ui/tone";
import type { Stage } from "./stages";

/** One instance as the board shows it. */
export type Tile = {
  instance: string;
  step: InstanceStep;
  tone: Tone;
  label: string;
  version?: string;
  /** How far it is on its way to the new version, 0 to 5. */
  way: number;
  /** The deployment takes it back, or took it. */
  back: boolean;
  /** Its failure ended the deployment. */
  first: boolean;
  row?: InstanceProgress;
};

export type Group = { name: string; title: string; stage?: Stage; tiles: Tile[] };

const way: Record<InstanceStep, number> = {
  pending: 0,
  preparing: 1,
  prepared: 1,
  draining: 2,
  stopping: 2,
  starting: 3,
  checking: 4,
  healthy: 5,
  failed: 5,
  unreachable: 0,
};

/** The instances in the order of the plan, each in the group in which it is switched. */
export function groupsOf(deployment: Deployment, stages: Stage[], progress: InstanceProgress[]): Group[] {
  const rows = new Map(progress.map((row) => [row.instance, row]));
  const home = homes(stages);
  const groups = new Map<string, Group>();
  const put = (instance: string, stage: Stage | undefined, name: string, title: string) => {
    const group = groups.get(name) ?? { name, title, stage, tiles: [] };
    groups.set(name, group);
    group.tiles.push(tileOf(instance, rows.get(instance), deployment, stages));
  };
  for (const [instance, stage] of home) put(instance, stage, stage.name, stage.title);
  for (const { instance } of progress) if (!home.has(instance)) put(instance, undefined, "others", "Others");
  const absent = (deployment.plan.absent ?? []).filter((instance) => !home.has(instance) && !rows.has(instance));
  for (const instance of absent) put(instance, undefined, "absent", "Not connected when it started");
  const order = new Map(stages.map(({ name }, at) => [name, at]));
  return [...groups.values()].sort((a, b) => (order.get(a.name) ?? Number.MAX_VALUE) - (order.get(b.name) ?? Number.MAX_VALUE));
}

/** The stage of an instance is the last of the plan that names it: the one that switches it, not the one that prepares it. */
function homes(stages: Stage[]): Map<string, Stage> {
  const home = new Map<string, Stage>();
  for (const stage of stages) if (!stage.back) for (const instance of stage.instances) home.set(instance, stage);
  return home;
}

function tileOf(instance: string, row: InstanceProgress | undefined, deployment: Deployment, stages: Stage[]): Tile {
  const step = row?.step ?? "pending";
  const back = row !== undefined && stages.some(({ name, back }) => back && name === row.stage);
  const over = !isUnderWay(deployment.status);
  return {
    instance,
    step,
    back,
    way: back && step === "healthy" ? 0 : way[step],
    version: row?.version ?? undefined,
    first: deployment.failure?.instance === instance,
    row,
    ...look(step, back, over),
  };
}

function look(step: InstanceStep, back: boolean, over: boolean): { tone: Tone; label: string } {
  if (back && step === "healthy") return { tone: "quiet", label: "taken back" };
  if (over && step === "pending") return { tone: "quiet", label: back ? "stopped" : "not changed" };
  if (over && step === "prepared") return { tone: "quiet", label: "prepared, not switched" };
  return stepLook[step];
}

export type Tally = { label: string; tone: Tone; count: number };

/** How many instances are where, the worst first. */
export function tally(groups: Group[]): Tally[] {
  const order: Record<Tone, number> = { bad: 0, warn: 1, busy: 2, ok: 3, quiet: 4 };
  const counts = new Map<string, Tally>();
  for (const { tiles } of groups)
    for (const { label, tone } of tiles) {
      const known = counts.get(label);
      if (known) known.count++;
      else counts.set(label, { label, tone, count: 1 });
    }
  return [...counts.values()].sort((a, b) => order[a.tone] - order[b.tone] || b.count - a.count);
}

/** Rows of a grid of so many columns, with a heading before every group: what a virtual list can show. */
export type BoardRow = { key: string; group: Group } & ({ heading: true } | { heading: false; tiles: Tile[]; first: number });

export function rowsOf(groups: Group[], columns: number): BoardRow[] {
  const rows: BoardRow[] = [];
  let first = 0;
  for (const group of groups) {
    rows.push({ key: group.name, group, heading: true });
    for (let at = 0; at < group.tiles.length; at += columns) {
      const tiles = group.tiles.slice(at, at + columns);
      rows.push({ key: `${group.name}/${at}`, group, heading: false, tiles, first });
      first += tiles.length;
    }
  }
  return rows;
}
