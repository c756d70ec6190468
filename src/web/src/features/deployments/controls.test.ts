import { describe, expect, it } from "vitest";
import type { Deployment, DeploymentStatus } from "~/api/schema";
import { phaseOf, possibility } from "./controls";
import type { Control } from "./queries";

type Subject = Pick<Deployment, "status" | "rollingBack" | "pending" | "failure">;

const subjects: [string, Subject, Control[]][] = [
  ["queued", { status: "queued" }, ["cancel"]],
  ["running", { status: "running" }, ["pause", "cancel", "rollback"]],
  ["pausing", { status: "running", pending: "pausing" }, ["resume", "cancel", "rollback"]],
  ["paused", { status: "paused" }, ["resume", "cancel", "rollback"]],
  ["cancelling", { status: "running", pending: "cancelling" }, ["rollback"]],
  ["going back", { status: "running", rollingBack: true }, []],
  ["failed, about to go back", { status: "running", failure: { code: "x", reason: "y", stage: "z" } }, []],
];
const all: Control[] = ["pause", "resume", "cancel", "rollback"];

describe("what can be done to a deployment", () => {
  it.each(subjects)("that is %s", (_, subject, possible) => {
    expect(all.filter((control) => possibility(subject, control).possible)).toEqual(possible);
  });

  it.each<DeploymentStatus>(["succeeded", "failed", "rolledBack", "cancelled", "superseded"])(
    "that is %s: nothing, and no button",
    (status) => {
      expect(phaseOf({ status })).toBe("over");
      for (const control of all) expect(possibility({ status }, control)).toEqual({ possible: false });
    },
  );

  it("says why it can not be paused while it goes back", () => {
    expect(possibility({ status: "running", rollingBack: true }, "pause")).toEqual({
      possible: false,
      why: "It is going back; that can not be paused.",
    });
  });
});
