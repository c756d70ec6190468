import { describe, expect, it } from "vitest";
import type { GroupHealth, InstanceGroup } from "~/api/schema";
import { healthParts, placesOf, standingOf, traffic } from "./standing";

const health = (counts: Partial<GroupHealth> = {}): GroupHealth => {
  const all = { up: 0, down: 0, starting: 0, outOfService: 0, unknown: 0, ...counts };
  return { ...all, total: Object.values(all).reduce((sum, each) => sum + each, 0) };
};

const group = (
  name: string,
  serving: boolean,
  counts: Partial<GroupHealth>,
  rest: Partial<InstanceGroup> = {},
): InstanceGroup => ({
  name,
  location: "prod us-east-1",
  serving,
  capacity: { min: 1, max: 4, desired: 2 },
  health: health(counts),
  createdAt: "2026-11-24T12:00:00Z",
  ...rest,
});

describe("what a group is there for", () => {
  const label = (one: InstanceGroup, ...others: InstanceGroup[]) => standingOf(one, [one, ...others]).label;
  const serving = group("v1", true, { up: 2 });

  it.each([
    ["gets traffic", group("v2", true, { up: 1, down: 1 })],
    ["starting", group("v2", true, { starting: 2 })],
    ["nothing is up", group("v2", true, { down: 2 })],
    ["no instances", group("v2", true, {})],
    ["scaled down", group("v0", false, {})],
    ["disabled", group("v0", false, { down: 2 })],
  ])("%s", (expected, one) => expect(label(one)).toBe(expected));

  it("one whose instances were taken out of traffic is ready for the way back", () =>
    expect(label(group("v0", false, { outOfService: 2 }, { createdAt: "2026-11-24T11:00:00Z" }), serving)).toBe(
      "ready for the way back",
    ));

  it("one that is newer than what serves gets no traffic yet", () =>
    expect(label(group("v2", false, { up: 2 }, { createdAt: "2026-11-24T13:00:00Z" }), serving)).toBe("no traffic yet"));
});

describe("traffic", () => {
  const shares = (...groups: InstanceGroup[]) => traffic(groups).map(({ group: { name }, percent }) => `${name} ${percent}`);

  it("goes to what serves and is up", () =>
    expect(shares(group("v2", true, { starting: 2 }), group("v1", true, { up: 2 }), group("v0", false, { up: 2 }))).toEqual([
      "v1 100",
    ]));

  it("is shared by instances, and adds up to a whole", () =>
    expect(shares(group("a", true, { up: 1 }), group("b", true, { up: 1 }), group("c", true, { up: 1 }))).toEqual([
      "a 33",
      "b 33",
      "c 34",
    ]));

  it("is nobody's where nothing is up", () => expect(shares(group("v1", true, { down: 2 }))).toEqual([]));
});

it("groups of one place stand side by side, in their order", () =>
  expect(
    placesOf([group("v2", true, {}), group("v1", false, {}), group("v2", true, {}, { location: "prod eu-west-1" })]).map(
      ({ location, groups }) => [location, groups.map(({ name }) => name)],
    ),
  ).toEqual([
    ["prod us-east-1", ["v2", "v1"]],
    ["prod eu-west-1", ["v2"]],
  ]));

it("only the health there is is named", () =>
  expect(healthParts(health({ up: 2, outOfService: 1 })).map(({ label, count }) => `${count} ${label}`)).toEqual([
    "2 up",
    "1 out of service",
  ]));
