import { describe, expect, it } from "vitest";
import type { Plan, VersionComparison } from "~/api/schema";
import { obstaclesOf } from "./obstacles";

const plan = (rest: Partial<Plan> = {}): Plan => ({ changes: { fromVersion: "2", toVersion: "1" }, stages: [], ...rest });
const comparison = (direction: VersionComparison["direction"]): VersionComparison => ({
  from: "2",
  to: "1",
  direction,
  versions: [],
  truncated: false,
  commits: [],
});
const free = { environment: "production" };

describe("what stands in the way", () => {
  it("is nothing on an ordinary day", () => expect(obstaclesOf(plan(), free, comparison("forward"))).toEqual([]));

  it("going back is said", () =>
    expect(obstaclesOf(plan(), free, comparison("backward"))[0]?.text).toBe(
      "This goes back: 1 is older than 2, which runs in production.",
    ));

  it("the server's warnings keep their words", () =>
    expect(obstaclesOf(plan({ warnings: ["1 instance not connected."] }), free, undefined)[0]?.text).toBe(
      "1 instance not connected.",
    ));

  it("absent instances are named", () =>
    expect(obstaclesOf(plan({ absent: ["web-1", "web-2"] }), free, undefined)[0]?.names).toEqual(["web-1", "web-2"]));

  it("a deployment under way and one that waits are linked", () =>
    expect(
      obstaclesOf(plan(), { ...free, runningDeployment: "d-1", queuedDeployment: "d-2" }, undefined).map(
        (each) => each.deployment,
      ),
    ).toEqual(["d-1", "d-2"]));
});
