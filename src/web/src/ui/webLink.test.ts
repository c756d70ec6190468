import { describe, expect, it } from "vitest";
import { webLink } from "./webLink";

describe("a build's link", () => {
  it.each(["https://ci.example.com/1", "http://ci/1"])("%s is followed", (url) => expect(webLink(url)).toBe(url));
  it.each(["javascript:alert(1)", "data:text/html,x", "ci/1", "", null, undefined])("%s is not", (url) =>
    expect(webLink(url)).toBeUndefined(),
  );
});
