import type { Instance } from "~/api/schema";
import { type Condition, conditionOf, gravity } from "./condition";

export type Block = { name: string; instances: Instance[] };

/** Instances by environment, in the order of promotion; environments that are not known come last. */
export function blocks(instances: readonly Instance[], order: readonly string[]): Block[] {
  const byName = new Map<string, Instance[]>();
  for (const instance of instances) {
    const block = byName.get(instance.environment);
    if (block) block.push(instance);
    else byName.set(instance.environment, [instance]);
  }
  const place = (name: string) => (order.includes(name) ? order.indexOf(name) : order.length);
  return [...byName]
    .map(([name, all]) => ({ name, instances: all }))
    .sort((a, b) => place(a.name) - place(b.name) || a.name.localeCompare(b.name));
}

export type Count = Condition & { count: number };

/** The map in words: how many are how, the worst first. */
export function tally(instances: readonly Instance[]): Count[] {
  const counts = new Map<string, Count>();
  for (const instance of instances) {
    const condition = conditionOf(instance);
    const known = counts.get(condition.label);
    if (known) known.count++;
    else counts.set(condition.label, { ...condition, count: 1 });
  }
  return [...counts.values()].sort((a, b) => gravity[b.tone] - gravity[a.tone] || b.count - a.count);
}

/** Where an arrow key leads in a field of `columns` squares a line; it stops at the edges. */
export function step(key: string, at: number, count: number, columns: number): number | undefined {
  const moves: Record<string, number> = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: columns, ArrowUp: -columns };
  if (key === "Home") return 0;
  if (key === "End") return count - 1;
  const move = moves[key];
  if (move === undefined) return undefined;
  const next = at + move;
  return next >= 0 && next < count ? next : at;
}
