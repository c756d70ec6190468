import { describe, expect, it } from "vitest";
import { differences, peersOnVersion } from "./differences";
import { deploymentAt, instance } from "./samples";
import { stagesOf } from "./stages";

describe("what is different about an instance", () => {
  const peers = [instance("b", { zone: "a" }), instance("c", { zone: "a" }), instance("d", { zone: "a" })];

  it("a label that its peers do not share", () => {
    expect(differences(instance("a", { zone: "b" }), peers, "shop")).toEqual([{ what: "zone", own: "b", others: "a" }]);
  });

  it("an older agent, and a label that it has not", () => {
    const found = differences(instance("a", {}, { agentVersion: "0.9" }), peers, "shop");
    expect(found).toContainEqual({ what: "agent version", own: "0.9", others: "1.0" });
    expect(found).toContainEqual({ what: "zone", own: "none", others: "a" });
  });

  it("another version than its peers run", () => {
    const one = instance("a", { zone: "a" }, { services: [{ service: "shop", state: "healthy", runningVersion: "0" }] });
    expect(differences(one, peers, "shop")).toEqual([{ what: "runs now", own: "0", others: "1" }]);
  });

  it("not what half of the peers have too", () => {
    const mixed = [
      instance("b", { zone: "a" }),
      instance("c", { zone: "a" }),
      instance("d", { zone: "b" }),
      instance("e", { zone: "b" }),
    ];
    expect(differences(instance("a", { zone: "b" }), mixed, "shop")).toEqual([]);
  });

  it("not a label that is different on every instance", () => {
    const numbered = ["b", "c", "d"].map((name) => instance(name, { port: name }));
    expect(differences(instance("a", { port: "a" }), numbered, "shop")).toEqual([]);
  });

  it("the rarest first, and how many of the peers have what", () => {
    const many = Array.from({ length: 8 }, (_, at) =>
      instance(`p${at}`, { zone: at < 6 ? "a" : "c", size: at === 0 ? "s" : "l" }),
    );
    const found = differences(instance("a", { zone: "b", size: "s" }), many, "shop");
    expect(found.map(({ what }) => what)).toEqual(["zone", "size"]);
    expect(found[0]?.others).toBe("a (6), c (2)");
  });

  it("nothing when it is alone", () => expect(differences(instance("a"), [instance("a")], "shop")).toEqual([]));
});

describe("what the peers say about the version", () => {
  it("nothing yet when the first one failed", () => {
    const stages = stagesOf(deploymentAt(["succeeded", "failed"]));
    expect(peersOnVersion(stages, "canary-1", "a", "2")).toContain("first to get 2");
  });

  it("that it works elsewhere when a later one failed", () => {
    const stages = stagesOf(deploymentAt(["succeeded", "succeeded", "succeeded", "failed"]));
    expect(peersOnVersion(stages, "batch-1", "b", "2")).toContain("1 instance before it became healthy on 2");
  });

  it("that it did not stay healthy", () => {
    const stages = stagesOf(deploymentAt(["succeeded", "succeeded", "failed"]));
    expect(peersOnVersion(stages, "soak-1", "a", "2")).toContain("did not stay so");
  });

  it("that nothing was switched when it could not be prepared", () => {
    expect(peersOnVersion(stagesOf(deploymentAt(["failed"])), "prepare", "a", "2")).toBe("No instance was switched to 2.");
  });
});
