import { describe, expect, it } from "vitest";
import { announcement, tabTitle } from "./said";
import { deploymentAt, event } from "./samples";
import { askedBy, collapse, storyOf } from "./story";

describe("the story of a deployment", () => {
  it("leaves out what stages note for themselves", () => {
    const story = storyOf([event(1, "started", "Started: 1 → 2"), event(2, "stageNoted", "Prepare has begun")], ["prepare"]);
    expect(story.map(({ text }) => text)).toEqual(["Started: 1 → 2"]);
  });

  it("tells the same thing that happens again and again once, with its last time", () => {
    const again = (id: number) => event(id, "stageErrored", "Prepare: could not tell, trying again", { data: { stage: 0 } });
    expect(storyOf([again(1), again(2), again(3)], ["prepare"])).toMatchObject([{ times: 3, time: "2026-11-24T12:00:03Z" }]);
  });

  it("calls the stages as the rest of the screen does", () => {
    const [line] = storyOf([event(1, "stageSucceeded", "Batch-2 done in 1.0 s", { data: { stage: 1 } })], ["prepare", "batch-2"]);
    expect(line?.text).toBe("Batch 2 done in 1.0 s");
  });

  it("tells who answered what, and whether that was a yes", () => {
    const answered = (id: number, message: string, approved: boolean) =>
      event(id, "approvalAnswered", message, { actor: "ann of shop", data: { stage: 0, approved } });
    expect(
      storyOf(
        [
          answered(1, "ann of shop approved Approve-1 (looks good)", true),
          answered(2, "ann of shop rejected Approve-1: no", false),
        ],
        ["approve-1"],
      ),
    ).toMatchObject([
      { text: "ann of shop approved “Approve 1” (looks good)", tone: "ok", actor: undefined },
      { text: "ann of shop rejected “Approve 1”: no", tone: "bad", actor: undefined },
    ]);
  });

  it("names the actor only where the sentence does not", () => {
    const story = storyOf(
      [event(1, "paused", "Paused", { actor: "ann" }), event(2, "resumed", "ann resumed it", { actor: "ann" })],
      [],
    );
    expect(story.map(({ actor }) => actor)).toEqual(["ann", undefined]);
  });

  it("tells an event of a newer server as it is", () => {
    expect(storyOf([event(1, "approved", "ann approved it")], [])[0]).toMatchObject({ text: "ann approved it", tone: "quiet" });
  });
});

describe("the cause when nothing failed", () => {
  it("is the last one who asked", () => {
    const events = [
      event(1, "cancelRequested", "ann asked to cancel"),
      event(2, "rollbackRequested", "bob asked to roll back"),
      event(3, "finished", "Rolled back"),
    ];
    expect(askedBy(events)?.message).toBe("bob asked to roll back");
    expect(askedBy([event(1, "finished", "Done")])).toBeUndefined();
  });
});

describe("kept output", () => {
  it("shows lines that repeat once", () => {
    expect(collapse(["a", "b", "b", "b", "a"])).toEqual([
      { text: "a", times: 1 },
      { text: "b", times: 3 },
      { text: "a", times: 1 },
    ]);
  });
});

describe("what is told outside of the page", () => {
  it("the tab begins with the state", () => {
    expect(tabTitle(deploymentAt(["running"]))).toBe("● running · shop 2 → production");
    expect(tabTitle(deploymentAt([], { rollingBack: true }))).toBe("↶ rolling back · shop 2 → production");
    expect(tabTitle(deploymentAt([], { status: "succeeded" }))).toBe("✓ succeeded · shop 2 → production");
  });

  it("a screen reader hears the stage while it runs and the cause when it failed", () => {
    expect(announcement(deploymentAt(["succeeded", "running"]))).toBe("shop 2 → production: running, Canary 1");
    const failure = { code: "x", reason: "a is sick", stage: "canary-1" };
    expect(announcement(deploymentAt([], { status: "rolledBack", failure }))).toBe("shop 2 → production: rolled back: a is sick");
  });
});
