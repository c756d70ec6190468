import { describe, expect, it } from "vitest";
import type { Instance, Target } from "~/api/schema";
import { chosen, countStates, distance, driftOf, membersOf } from "./words";

const target = (runningVersions: Record<string, number>, rest: Partial<Target> = {}) => ({
  version: "1.4.1",
  instances: { total: 4, connected: 4, healthy: 4, unhealthy: 0 },
  ...rest,
  runningVersions,
});

const instance = (name: string, state: string, connected = true): Instance => ({
  name,
  environment: "production",
  connected,
  joinedAt: "2026-11-24T12:00:00Z",
  labels: { zone: "eu-1" },
  services: [{ service: "shop", state, runningVersion: "1.4.1" }],
});

describe("what does not run as it should", () => {
  it("is nothing when every instance runs the target's version", () => expect(driftOf(target({ "1.4.1": 4 }))).toBeUndefined());

  it("mixed versions are said with their counts, most first", () =>
    expect(driftOf(target({ "1.4.0": 1, "1.4.1": 3 }))).toEqual({
      tone: "warn",
      text: "Mixed versions: 3 instances run 1.4.1 and 1 runs 1.4.0.",
    }));

  it("mixed versions are no warning while a deployment changes them", () =>
    expect(driftOf(target({ "1.4.0": 1, "1.4.1": 3 }, { runningDeployment: "d" }))?.tone).toBe("busy"));

  it("another version everywhere is drift", () =>
    expect(driftOf(target({ "1.4.0": 4 }))?.text).toBe("Drift: 4 instances run 1.4.0, but 1.4.1 should run."));

  it("a version where nothing was deployed is drift", () =>
    expect(driftOf(target({ "1.4.0": 1 }, { version: null }))?.text).toBe(
      "Drift: 1 instance runs 1.4.0, though nothing was deployed here.",
    ));

  it("instances that run nothing are counted", () =>
    expect(driftOf(target({ "1.4.1": 3 }))?.text).toBe("1 instance of 4 does not run it."));

  it("is nothing for a target without instances", () =>
    expect(driftOf(target({}, { instances: { total: 0, connected: 0, healthy: 0, unhealthy: 0 } }))).toBeUndefined());

  it("is nothing where nothing was ever deployed", () => expect(driftOf(target({}, { version: null }))).toBeUndefined());
});

describe("instances", () => {
  const members = membersOf(
    [
      instance("web-10", "healthy"),
      instance("web-2", "healthy"),
      instance("web-3", "unhealthy"),
      instance("web-4", "healthy", false),
    ],
    "shop",
  );

  it("are counted by state, what needs somebody first", () =>
    expect(countStates(members).map(({ state, count }) => [state, count])).toEqual([
      ["unhealthy", 1],
      ["away", 1],
      ["healthy", 2],
    ]));

  it("one that is away is not counted as what it said last", () =>
    expect(chosen(members, "healthy", "").map(({ instance: { name } }) => name)).toEqual(["web-2", "web-10"]));

  it("are found by name and label", () => {
    expect(chosen(members, undefined, "web-1")).toHaveLength(1);
    expect(chosen(members, undefined, "zone=eu-1 1.4.1")).toHaveLength(4);
  });

  it("one that does not know the service has it not installed", () =>
    expect(countStates(membersOf([instance("a", "healthy")], "mail"))[0]?.label).toBe("not installed"));
});

describe("the distance between versions", () => {
  it("names versions and commits", () => expect(distance(2, 1)).toBe("2 versions and 1 commit"));
  it("leaves out commits nobody told", () => expect(distance(1, 0)).toBe("1 version"));
});
