import { describe, expect, it } from "vitest";
import { deploymentAt } from "~/features/deployments/samples";
import { isWatched, isWorthSaying, mayBeJudged } from "./queries";
import { signal, verdict } from "./samples";

describe("a verdict is asked for", () => {
  const begun = (startedAt?: string) => {
    const { stages } = deploymentAt(["succeeded", "running"]);
    return { stages: stages.map((stage) => (stage.kind === "activate" ? { ...stage, startedAt } : stage)) };
  };

  it("once the first instance is being switched", () => {
    expect(mayBeJudged(begun())).toBe(false);
    expect(mayBeJudged(begun("2026-11-24T12:00:00Z"))).toBe(true);
  });

  it("not of what brings nothing new", () =>
    expect(mayBeJudged({ ...begun("2026-11-24T12:00:00Z"), kind: "rollback" })).toBe(false));
});

describe("a verdict is asked for again", () => {
  const over = { status: "succeeded", finishedAt: "2026-11-24T12:00:00Z" } as const;
  const at = (time: string) => Date.parse(`2026-11-24T${time}Z`);

  it("while the deployment goes on", () => expect(isWatched({ status: "paused" }, undefined, at("18:00:00"))).toBe(true));

  it("while it is watched, and once more when the watch is over", () => {
    const watched = { watchedUntil: "2026-11-24T12:10:00Z" };
    expect(isWatched(over, watched, at("12:09:59"))).toBe(true);
    expect(isWatched(over, watched, at("12:10:30"))).toBe(true);
    expect(isWatched(over, watched, at("12:11:01"))).toBe(false);
  });

  it("for a moment after the end, until it says whether it is watched", () => {
    expect(isWatched(over, null, at("12:00:30"))).toBe(true);
    expect(isWatched(over, null, at("12:01:01"))).toBe(false);
  });
});

describe("a verdict is shown", () => {
  const nothing = verdict({ signals: [] });

  it("while the deployment goes on, whatever it says", () => expect(isWorthSaying({ status: "running" }, nothing)).toBe(true));

  it("after its end when something was seen", () => {
    expect(isWorthSaying({ status: "failed" }, nothing)).toBe(false);
    expect(isWorthSaying({ status: "failed" }, verdict({ signals: [signal()] }))).toBe(true);
    expect(isWorthSaying({ status: "succeeded" }, { ...nothing, answer: "pass" })).toBe(true);
  });
});
