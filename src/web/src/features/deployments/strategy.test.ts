import { expect, it } from "vitest";
import { strategySaid } from "./strategy";

it("says every strategy", () => {
  expect(strategySaid({ kind: "allAtOnce" })).toBe("all at once");
  expect(strategySaid({ kind: "rolling", batch: "2", pause: "10s" })).toBe("rolling: 2 at a time, with 10s between");
  expect(strategySaid({ kind: "rolling", batch: "50%", pause: "0s" })).toBe("rolling: 50% at a time");
  expect(strategySaid({ kind: "canary", steps: [{ instances: "1", soak: "5m" }], batch: "50%" })).toBe(
    "canary: 1 for 5m, then 50% at a time",
  );
});
