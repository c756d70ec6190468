import { describe, expect, it } from "vitest";
import { filterOf, narrowings, withLabel, without, withService } from "./filter";

describe("the filter of the fleet", () => {
  it("asks the server only for what is named", () =>
    expect(filterOf({ q: "web", away: true, agent: "0.1.0" })).toEqual({
      search: "web",
      connected: false,
      agentVersion: "0.1.0",
    }));

  it("a facet's other values are counted without the facet itself", () =>
    expect(filterOf(without({ environment: "dev", state: "healthy" }, "environment"))).toEqual({ state: "healthy" }));

  it("another service takes its version along", () =>
    expect(withService({ service: "a", version: "1" }, "b")).toEqual({ service: "b", version: undefined }));

  it("a label is put on and taken off", () => {
    expect(withLabel({}, "zone=a")).toEqual({ label: ["zone=a"] });
    expect(withLabel({ label: ["zone=a"] }, "zone=a")).toEqual({ label: undefined });
  });

  it("another value of the same label takes its place", () =>
    expect(withLabel({ label: ["zone=a", "size=large"] }, "zone=b")).toEqual({ label: ["size=large", "zone=b"] }));

  it("says each thing that narrows, and what is left without it", () => {
    const all = narrowings({ q: "web", environment: "dev", label: ["zone=a"] });
    expect(all.map((each) => each.text)).toEqual([`"web"`, "dev", "zone=a"]);
    expect(filterOf(all[2]!.without)).toEqual({ search: "web", environment: "dev" });
  });
});
