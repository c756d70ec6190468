import { describe, expect, it } from "vitest";
import { groupsOf, rowsOf, tally } from "./board";
import { deploymentAt, event, restore, row } from "./samples";
import { currentStage, stagesOf, titleOf } from "./stages";

describe("a stage's title", () => {
  it.each([
    ["prepare", "Prepare"],
    ["batch-2", "Batch 2"],
    ["soak-1", "Soak 1"],
    ["terraform apply", "Terraform apply"],
    ["constructor", "Constructor"],
  ])("%s is said as %s", (name, title) => expect(titleOf(name)).toBe(title));
});

describe("the line of stages", () => {
  it("counts the instances that are done in the stage that runs", () => {
    const deployment = deploymentAt(["running"]);
    const [prepare] = stagesOf(deployment, [row("a", "prepare", "prepared"), row("b", "prepare", "preparing")]);
    expect(prepare).toMatchObject({ title: "Prepare", done: 1, total: 3 });
  });

  it("a stage that is done has all its instances, also after they went on to the next one", () => {
    const deployment = deploymentAt(["succeeded", "running"]);
    expect(stagesOf(deployment, [row("a", "canary-1", "checking")])[0]).toMatchObject({ done: 3, total: 3 });
  });

  it("knows for how long a stage only watches", () => expect(stagesOf(deploymentAt([]))[2]?.wait).toBe(20_000));

  it("what follows the plan is the way back, and its instances are told when it starts", () => {
    const failed = deploymentAt(["succeeded", "failed", "skipped", "skipped"], { rollingBack: true });
    const deployment = { ...failed, stages: [...failed.stages, restore] };
    const started = event(1, "rollbackStarted", "Taking it back", {
      data: { stages: [{ name: "restore", kind: "restore", description: "", deadline: "1m", instances: ["a"] }] },
    });
    const stages = stagesOf(deployment, [], [started]);
    expect(stages.map(({ back }) => back)).toEqual([false, false, false, false, true]);
    expect(stages[4]).toMatchObject({ total: 1, done: 0 });
    expect(currentStage(stages)?.name).toBe("restore");
  });
});

describe("the board", () => {
  it("puts every instance into the batch that switches it, in the order of the plan", () => {
    const deployment = deploymentAt(["succeeded", "running"]);
    const groups = groupsOf(deployment, stagesOf(deployment), [row("a", "canary-1", "checking")]);
    expect(groups.map(({ title, tiles }) => [title, tiles.map(({ instance }) => instance)])).toEqual([
      ["Canary 1", ["a"]],
      ["Batch 1", ["b", "c"]],
    ]);
  });

  it("an instance that was not reached says so when all is over", () => {
    const deployment = deploymentAt(["succeeded", "failed"], { status: "rolledBack" });
    const tiles = groupsOf(deployment, stagesOf(deployment), [row("b", "prepare", "prepared")]).flatMap(({ tiles }) => tiles);
    expect(tiles.map(({ label }) => label)).toEqual(["not changed", "prepared, not switched", "not changed"]);
  });

  it("marks what is taken back and which one failed first", () => {
    const failed = deploymentAt(["succeeded", "failed"], {
      status: "rolledBack",
      failure: { code: "x", reason: "y", stage: "canary-1", instance: "a" },
    });
    const deployment = { ...failed, stages: [...failed.stages, restore] };
    const [canary] = groupsOf(deployment, stagesOf(deployment), [row("a", "restore", "healthy")]);
    expect(canary?.tiles[0]).toMatchObject({ back: true, first: true, label: "taken back" });
  });

  it("keeps those that were not connected apart", () => {
    const plain = deploymentAt([]);
    const deployment = { ...plain, plan: { ...plain.plan, absent: ["z"] } };
    expect(groupsOf(deployment, stagesOf(deployment), []).at(-1)).toMatchObject({ name: "absent", tiles: [{ instance: "z" }] });
  });

  it("counts the worst first", () => {
    const deployment = deploymentAt(["succeeded", "succeeded", "succeeded", "running"]);
    const groups = groupsOf(deployment, stagesOf(deployment), [row("a", "canary-1", "healthy"), row("b", "batch-1", "failed")]);
    expect(tally(groups).map(({ label, count }) => [label, count])).toEqual([
      ["failed", 1],
      ["healthy", 1],
      ["waiting", 1],
    ]);
  });

  it("10,000 instances become rows quickly", () => {
    const names = Array.from({ length: 10_000 }, (_, at) => `i-${at}`);
    const plain = deploymentAt(["running"]);
    const [prepare] = plain.plan.stages;
    const deployment = {
      ...plain,
      plan: { ...plain.plan, stages: [{ ...prepare!, instances: names }, ...plain.plan.stages.slice(1)] },
    };
    const groups = groupsOf(
      deployment,
      stagesOf(deployment),
      names.map((name) => row(name, "prepare", "preparing")),
    );
    expect(rowsOf(groups, 40).filter(({ heading }) => !heading)).toHaveLength(250 + 2);
  });
});
