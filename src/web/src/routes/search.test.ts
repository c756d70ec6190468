import { expect, it } from "vitest";
import { flag, list, text, word } from "./search";

it("keeps what fits and leaves out what does not", () => {
  expect(text("shop")).toBe("shop");
  expect(text(12)).toBe("12");
  expect(text("")).toBeUndefined();
  expect(text({})).toBeUndefined();
  expect(list(["a", 1, {}])).toEqual(["a", "1"]);
  expect(list("a")).toEqual(["a"]);
  expect(list(undefined)).toBeUndefined();
  expect(word("held", ["held", "running"])).toBe("held");
  expect(word("other", ["held", "running"])).toBeUndefined();
  expect(flag("true")).toBe(true);
  expect(flag("no")).toBeUndefined();
});
