import { describe, expect, it } from "vitest";
import type { Instance } from "~/api/schema";
import { blocks, step, tally } from "./squares";

const instance = (name: string, environment: string): Instance => ({
  name,
  environment,
  labels: {},
  connected: true,
  joinedAt: "2026-11-24T12:00:00Z",
  services: [],
});

describe("the map", () => {
  it("groups by environment in the order of promotion, unknown ones last", () => {
    const all = [instance("a", "production"), instance("b", "lab"), instance("c", "dev"), instance("d", "production")];
    expect(blocks(all, ["dev", "production"]).map((block) => [block.name, block.instances.map(({ name }) => name)])).toEqual([
      ["dev", ["c"]],
      ["production", ["a", "d"]],
      ["lab", ["b"]],
    ]);
  });

  it("is told in words, the worst first", () => {
    const away = { ...instance("d", "dev"), connected: false, lastSeenAt: "2026-11-24T12:00:00Z" };
    expect(tally([instance("a", "dev"), away, instance("b", "dev")]).map(({ label, count }) => `${count} ${label}`)).toEqual([
      "1 away",
      "2 no services",
    ]);
  });

  it.each([
    ["ArrowRight", 0, 1],
    ["ArrowLeft", 0, 0],
    ["ArrowDown", 3, 13],
    ["ArrowDown", 18, 18],
    ["ArrowUp", 13, 3],
    ["Home", 13, 0],
    ["End", 3, 24],
    ["x", 3, undefined],
  ])("%s from %i leads to %s", (key, at, next) => expect(step(key, at, 25, 10)).toBe(next));
});
