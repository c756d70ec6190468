import { describe, expect, it } from "vitest";
import type { Service, SlipwayEnvironment, Target } from "~/api/schema";
import { entries, matching } from "./entries";

const service = (name: string) => ({ name, definition: {} }) as Service;
const environments = [{ name: "staging" }, { name: "production" }] as SlipwayEnvironment[];
const target = (service: string, environment: string) => ({ service, environment, version: "1.0" }) as Target;
const all = entries([service("shop"), service("shop-admin"), service("workshop")], environments, [
  target("shop", "production"),
  target("shop", "staging"),
]);
const labels = (query: string) => matching(all, query, 20).map(({ label }) => label);

describe("the palette", () => {
  it("offers the screens when nothing is typed", () => expect(labels("")[0]).toBe("Overview"));

  it("puts the shorter name that begins with the words first", () =>
    expect(labels("shop").slice(0, 2)).toEqual(["shop", "shop-admin"]));

  it("finds by the beginnings of words", () => {
    expect(labels("dep sho prod")).toEqual(["Deploy shop to production"]);
    expect(labels("shop stag")[0]).toBe("shop in staging");
  });

  it("keeps the environments in their order", () =>
    expect(labels("deploy shop")).toEqual(["Deploy shop to staging", "Deploy shop to production"]));

  it("leads to a deployment by its id", () =>
    expect(matching(all, "d-0123456789", 5)[0]?.href).toBe("/deployments/d-0123456789"));

  it("says nothing when nothing fits", () => expect(labels("zzz")).toEqual([]));
});
