import { describe, expect, it } from "vitest";
import { deed, outcome, sinceTime } from "./deed";
import { expiryOf } from "./expiry";
import { canBeLimited } from "./scopes";

describe("the audit in words", () => {
  it.each([
    ["POST /api/v1/deployments", "Asked for a deployment"],
    ["POST /api/v1/deployments/d-1/cancel", "Cancel of deployment d-1"],
    ["PUT /api/v1/targets/shop/dev/hold", "Put shop in dev on hold"],
    ["DELETE /api/v1/targets/shop/dev/hold", "Lifted the hold of shop in dev"],
    ["DELETE /api/v1/instances/web-1", "Removed the instance web-1"],
    ["POST /agent/v1/join", "Joined an instance"],
    ["GET /api/v1/tokens", undefined],
    ["POST /somewhere/else", undefined],
  ])("%s", (action, said) => expect(deed(action)).toBe(said));

  it.each([
    [201, "done"],
    [401, "refused"],
    [403, "refused"],
    [409, "not done"],
    [503, "failed"],
  ])("the answer %i is %s", (status, label) => expect(outcome(status).label).toBe(label));

  it("a span is counted from now, to the minute", () => {
    expect(sinceTime("1h", Date.parse("2026-11-24T12:34:56Z"))).toBe("2026-11-24T11:34:00.000Z");
    expect(sinceTime(undefined, 0)).toBeUndefined();
  });
});

describe("a token's end", () => {
  const now = Date.parse("2026-11-24T12:00:00Z");
  it("never ends without one", () => expect(expiryOf(null, now)).toEqual({ tone: "quiet", soon: false, over: false }));
  it("is near within a week", () => expect(expiryOf("2026-12-01T11:00:00Z", now).soon).toBe(true));
  it("is far after that", () => expect(expiryOf("2026-12-02T12:00:00Z", now).soon).toBe(false));
  it("is over when it has come", () => expect(expiryOf("2026-11-24T12:00:00Z", now).over).toBe(true));
});

describe("what limits mean", () => {
  it("nothing for those who only read or may do all", () => {
    expect(canBeLimited("read")).toEqual({ services: false, environments: false });
    expect(canBeLimited("admin")).toEqual({ services: false, environments: false });
  });
  it("services for who publishes, environments too for who deploys", () => {
    expect(canBeLimited("publish")).toEqual({ services: true, environments: false });
    expect(canBeLimited("deploy")).toEqual({ services: true, environments: true });
  });
});
