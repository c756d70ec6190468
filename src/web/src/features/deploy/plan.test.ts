import { describe, expect, it } from "vitest";
import type { Plan } from "~/api/schema";
import { changedBy, stageTitle, webLink } from "./plan";

describe("a stage's title", () => {
  it.each([
    ["prepare", "Prepare"],
    ["batch-2", "Batch 2"],
    ["soak-1", "Soak 1"],
    ["terraform apply", "terraform apply"],
    ["constructor", "constructor"],
  ])("%s is said as %s", (name, title) => expect(stageTitle(name)).toBe(title));
});

it("preparing an instance does not change it, and one in two stages is changed once", () => {
  const stage = (name: string, kind: string, instances: string[]) => ({ name, kind, instances, description: "", deadline: "1m" });
  const plan: Plan = {
    changes: { toVersion: "2" },
    stages: [stage("prepare", "prepare", ["a", "b", "c"]), stage("x", "activate", ["a"]), stage("y", "activate", ["a", "b"])],
  };
  expect(changedBy(plan)).toBe(2);
});

describe("a build's link", () => {
  it.each(["https://ci.example.com/1", "http://ci/1"])("%s is followed", (url) => expect(webLink(url)).toBe(url));
  it.each(["javascript:alert(1)", "data:text/html,x", "ci/1", "", null, undefined])("%s is not", (url) =>
    expect(webLink(url)).toBeUndefined(),
  );
});
