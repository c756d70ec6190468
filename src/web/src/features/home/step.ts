import type { Row } from "./board";

export type Place = { row: number; column: number };

/** Where an arrow key leads from a cell: the nearest cell in that direction that holds a target; undefined: the key means nothing here. */
export function step(key: string, { row, column }: Place, rows: Row[]): Place | undefined {
  const move = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[key];
  if (!move) return undefined;
  const [down, right] = move as [number, number];
  let next: Place = { row: row + down, column: column + right };
  while (next.row >= 0 && next.row < rows.length) {
    const cells = rows[next.row]!.cells;
    if (next.column < 0 || next.column >= cells.length) return undefined;
    if (cells[next.column]) return next;
    next = { row: next.row + down, column: next.column + right };
  }
  return undefined;
}
