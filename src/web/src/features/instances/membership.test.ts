import { describe, expect, it } from "vitest";
import { difference, serviceObjection } from "./membership";

describe("what an instance runs", () => {
  it("says what comes and what goes", () => expect(difference(["a", "b"], ["b", "c"])).toEqual({ added: ["c"], removed: ["a"] }));
  it("the order is no change", () => expect(difference(["a", "b"], ["b", "a"])).toEqual({ added: [], removed: [] }));
  it.each(["Shop", "1shop", "shop-", "a b", ""])("%s is no service's name", (name) =>
    expect(serviceObjection([name])).toContain("no service's name"),
  );
  it("a good name is one", () => expect(serviceObjection(["shop-2"])).toBeUndefined());
  it("fifty are the most", () => expect(serviceObjection(Array.from({ length: 51 }, (_, i) => `s${i}`))).toContain("at most 50"));
});
