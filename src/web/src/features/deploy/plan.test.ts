import { expect, it } from "vitest";
import type { Plan } from "~/api/schema";
import { changedBy } from "./plan";

it("preparing an instance does not change it, and one in two stages is changed once", () => {
  const stage = (name: string, kind: string, instances: string[]) => ({ name, kind, instances, description: "", deadline: "1m" });
  const plan: Plan = {
    changes: { toVersion: "2" },
    stages: [stage("prepare", "prepare", ["a", "b", "c"]), stage("x", "activate", ["a"]), stage("y", "activate", ["a", "b"])],
  };
  expect(changedBy(plan)).toBe(2);
});
