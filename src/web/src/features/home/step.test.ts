import { expect, it } from "vitest";
import type { Target } from "~/api/schema";
import { step } from "./step";

const row = (...there: boolean[]) => ({
  service: "x",
  team: undefined,
  cells: there.map((is) => (is ? ({} as Target) : undefined)),
});
const rows = [row(true, true), row(false, true), row(true, true)];

it("goes to the next cell that holds a target", () => {
  expect(step("ArrowDown", { row: 0, column: 0 }, rows)).toEqual({ row: 2, column: 0 });
  expect(step("ArrowRight", { row: 0, column: 0 }, rows)).toEqual({ row: 0, column: 1 });
  expect(step("ArrowUp", { row: 1, column: 1 }, rows)).toEqual({ row: 0, column: 1 });
});

it("stays at the edges and for other keys", () => {
  expect(step("ArrowLeft", { row: 0, column: 0 }, rows)).toBeUndefined();
  expect(step("ArrowDown", { row: 2, column: 0 }, rows)).toBeUndefined();
  expect(step("x", { row: 0, column: 0 }, rows)).toBeUndefined();
});
