import { describe, expect, it } from "vitest";
import type { StageStatus, StageStep } from "~/api/schema";
import { linksOf, passedOf, type Step, stepsDone, treeOf } from "./steps";

const step = (name: string, depth: number, status: StageStatus = "succeeded"): StageStep => ({ name, depth, status });

const drawn = (steps: Step[]): string =>
  steps.map(({ name, parts }) => (parts.length ? `${name}(${drawn(parts)})` : name)).join(" ");

describe("the steps of a stage", () => {
  it("are a tree by their depths", () =>
    expect(drawn(treeOf([step("a", 0), step("b", 1), step("c", 2), step("d", 1), step("e", 0)]))).toBe("a(b(c) d) e"));

  it("one that is deeper than its place belongs to the last one above it", () =>
    expect(drawn(treeOf([step("a", 0), step("b", 3), step("c", 1)]))).toBe("a(b c)"));

  it("of the same name are told apart", () => {
    const keys = treeOf([step("wait", 0), step("wait", 0)]).map(({ key }) => key);
    expect(new Set(keys).size).toBe(2);
  });

  it("are counted by the smallest parts: those with parts only sum up", () =>
    expect(stepsDone([step("a", 0, "running"), step("b", 1), step("c", 1, "running"), step("d", 0, "pending")])).toEqual({
      done: 1,
      total: 3,
    }));

  it("that are finished stand behind one line while the rest goes on", () =>
    expect(passedOf([step("a", 0), step("b", 0), step("c", 0, "skipped"), step("d", 0, "running")])).toBe(3));

  it("stay in sight when few are finished, or all are", () => {
    expect(passedOf([step("a", 0), step("b", 0), step("c", 0, "failed")])).toBe(0);
    expect(passedOf([step("a", 0), step("b", 0), step("c", 0), step("d", 0)])).toBe(0);
  });
});

it("the same place outside is linked once", () =>
  expect(
    linksOf([
      { link: { title: "Execution", url: "http://a" } },
      {},
      { link: { title: "Execution", url: "http://a" } },
      { link: { title: "Pipeline", url: "http://b" } },
    ]).map(({ title }) => title),
  ).toEqual(["Execution", "Pipeline"]));
