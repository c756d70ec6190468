import { describe, expect, it } from "vitest";
import type { InstanceService } from "~/api/schema";
import { isOutdated } from "./agentVersion";
import { conditionOf } from "./condition";

const service = (state: string, running = "1", assigned = "1"): InstanceService => ({
  service: "shop",
  state,
  runningVersion: running,
  assignedVersion: assigned,
});
const of = (services: InstanceService[], connected = true, lastSeenAt: string | null = "2026-11-24T12:00:00Z") =>
  conditionOf({ connected, lastSeenAt, services }).label;

describe("how an instance is", () => {
  it("away comes before what its services last said", () => expect(of([service("unhealthy")], false)).toBe("away"));
  it("one that never came is told apart from one that left", () => expect(of([], false, null)).toBe("never connected"));
  it("the worst service decides", () =>
    expect(of([service("healthy"), service("unhealthy"), service("starting")])).toBe("unhealthy"));
  it("healthy on the wrong version is not all right", () =>
    expect(of([service("healthy"), service("healthy", "1", "2")])).toBe("on another version"));
  it("nothing to run is said", () => expect(of([])).toBe("no services"));
});

describe("outdated agents", () => {
  it.each([
    ["0.1.0", "0.1.0", false],
    ["0.1.0", "0.2.0", true],
    ["0.10.0", "0.9.9", false],
    ["1.0.0", "0.9.9", false],
    ["0.1.0-dev", "0.1.0", false],
    [null, "0.1.0", false],
    ["my-build", "0.1.0", false],
  ])("agent %s with server %s: %s", (agent, server, outdated) => expect(isOutdated(agent, server)).toBe(outdated));
});
