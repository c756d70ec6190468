import { expect, it } from "vitest";
import type { Service, Target } from "~/api/schema";
import { steps } from "./steps";

it("ticks each step by what there is", () => {
  expect(steps([], [], 0)).toMatchObject({ described: false, joined: false, deployed: false, service: "checkout" });
  const shop = { name: "shop" } as Service;
  expect(steps([shop], [], 1)).toMatchObject({ described: true, joined: true, deployed: false, service: "shop" });
  const target = { service: "shop", environment: "dev", version: "1.0" } as Target;
  expect(steps([shop], [target], 1)).toMatchObject({ deployed: true, environment: "dev" });
});
