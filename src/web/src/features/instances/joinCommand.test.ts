import { describe, expect, it } from "vitest";
import { joinCommand, joinTokenId, objections } from "./joinCommand";

const line = "slipway-agent join --server https://s.example --token slj_abc_SECRET.ff --environment dev --service SERVICE";
const wish = { environment: "dev", services: ["shop"], name: "", labels: [], uses: 1, expiresIn: "1h" };

describe("the line that joins an instance", () => {
  it("names the services in place of the example", () =>
    expect(joinCommand(line, { services: ["shop", "mailer"], name: "", labels: [] })).toBe(
      "slipway-agent join --server https://s.example --token slj_abc_SECRET.ff --environment dev --service shop --service mailer",
    ));

  it("carries name and labels, and quotes what a shell would take apart", () =>
    expect(joinCommand(line, { services: ["shop"], name: "shop-1", labels: ["zone=a", "note=it's here; rm"] })).toMatch(
      / --service shop --name shop-1 --label zone=a --label 'note=it'\\''s here; rm'$/,
    ));

  it("finds the token's id", () => {
    expect(joinTokenId("slj_abc_SECRET.ff")).toBe("abc");
    expect(joinTokenId("nonsense")).toBe("");
  });
});

describe("a wish to join", () => {
  it("a good one has nothing against it", () => expect(objections(wish)).toEqual({}));
  it("needs a service", () => expect(objections({ ...wish, services: [] })).toHaveProperty("services"));
  it("needs a service's name to be one", () => expect(objections({ ...wish, services: ["My Shop"] })).toHaveProperty("services"));
  it("a name is for one instance", () => expect(objections({ ...wish, name: "a", uses: 2 })).toHaveProperty("name"));
  it.each([0, 1.5, 10_001])("%s is no number of uses", (uses) => expect(objections({ ...wish, uses })).toHaveProperty("uses"));
});
