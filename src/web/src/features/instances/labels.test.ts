import { describe, expect, it } from "vitest";
import { labelObjection, labelsFrom, labelsOf } from "./labels";

describe("labels", () => {
  it.each(["zone=a", "team/x=", "a.b=c=d"])("%s is one", (label) => expect(labelObjection([label])).toBeUndefined());
  it.each(["zone", "=a", "bad name=a"])("%s is none", (label) => expect(labelObjection([label])).toContain("no label"));
  it("a name stands once", () => expect(labelObjection(["a=1", "a=2"])).toContain("twice"));
  it("a value has an end", () => expect(labelObjection([`a=${"x".repeat(201)}`])).toContain("200"));
  it("are written as people write them, and read back the same", () => {
    const labels = { zone: "a", rack: "", note: "x=y" };
    expect(labelsOf(labels)).toEqual(["note=x=y", "rack=", "zone=a"]);
    expect(labelsFrom(labelsOf(labels))).toEqual(labels);
  });
});
