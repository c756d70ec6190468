import { describe, expect, it } from "vitest";
import { verdict } from "~/features/verdicts/samples";
import { announcement } from "./said";
import { deploymentAt } from "./samples";

describe("a screen reader is told", () => {
  const bad = verdict({ answer: "fail", sentence: "Memory: 38 % higher." });

  it("where it is", () =>
    expect(announcement(deploymentAt(["succeeded", "running"]), verdict())).toBe("shop 2 → production: running, Canary 1"));

  it("that it turned out not to be healthy, also after its end", () =>
    expect(announcement(deploymentAt(["succeeded"], { status: "succeeded" }), bad)).toBe(
      "shop 2 → production: succeeded. It is not healthy: Memory: 38 % higher.",
    ));

  it("the cause once, when it failed of it", () => {
    const failure = { stage: "canary-1", code: "verdict_failed", reason: "Memory: 38 % higher." };
    expect(announcement(deploymentAt(["succeeded", "failed"], { status: "rolledBack", failure }), bad)).toBe(
      "shop 2 → production: rolled back: Memory: 38 % higher.",
    );
  });
});
