import { describe, expect, it } from "vitest";
import { effectOf } from "./effects";
import type { Control } from "./queries";
import { deploymentAt } from "./samples";
import { stagesOf } from "./stages";

const effect = (control: Control, ...[statuses, rest]: Parameters<typeof deploymentAt>) => {
  const deployment = deploymentAt(statuses, rest);
  return effectOf(control, deployment, stagesOf(deployment)).join(" ");
};

describe("what a control says that it will do", () => {
  it("a pause waits for the batch that is being switched", () => {
    expect(effect("pause", ["succeeded", "succeeded", "succeeded", "running"])).toContain("when “Batch 1” (2 instances) is done");
  });

  it("work that goes on elsewhere is stopped in its middle, and nobody counts instances", () => {
    const elsewhere = (control: Control) => {
      const deployment = deploymentAt(["running"]);
      const stages = stagesOf(deployment).map((stage) => ({ ...stage, interruptible: true, startedAt: deployment.createdAt }));
      return effectOf(control, deployment, stages).join(" ");
    };
    for (const control of ["pause", "cancel"] as const) expect(elsewhere(control)).toContain("stopped in its middle");
    expect(elsewhere("resume")).toContain("goes on where it stopped");
    expect(elsewhere("rollback")).toContain("gives its traffic back to 1");
    expect(elsewhere("cancel")).not.toContain("switched");
  });

  it("a pause while it only watches acts at once, and the watching starts over", () => {
    const said = effect("pause", ["succeeded", "succeeded", "running"]);
    expect(said).toContain("at once");
    expect(said).toContain("Watching starts over");
    expect(said).toContain("1 instance switched so far stays on 2; the others stay on 1");
  });

  it("to resume what is paused goes on with the next stage", () => {
    expect(effect("resume", ["succeeded", "succeeded", "pending"], { status: "paused" })).toContain("goes on with “Soak 1”");
  });

  it("to resume what is about to pause only takes the pause back", () => {
    expect(effect("resume", ["running"], { pending: "pausing" })).toContain("without stopping");
  });

  it("a rollback does not wait, takes every switched instance back and holds the target", () => {
    const said = effect("rollback", ["succeeded", "succeeded", "succeeded", "running"]);
    expect(said).toContain("at once");
    expect(said).toContain("3 instances go from 2 back to 1");
    expect(said).toContain("on hold");
  });

  it("a rollback of a first deployment stops the service", () => {
    expect(effect("rollback", ["succeeded", "running"], { previousVersion: null })).toContain(
      "stopped on 1 instance: nothing ran there before",
    );
  });

  it("nothing is taken back when nothing was switched", () => {
    const said = effect("rollback", ["running"]);
    expect(said).toContain("nothing to take back");
    expect(said).not.toContain("hold");
  });

  it("to cancel what waits changes nothing", () =>
    expect(effect("cancel", [], { status: "queued" })).toContain("nothing changes"));
});
