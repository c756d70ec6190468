import { describe, expect, it } from "vitest";
import type { WhoAmI } from "~/api/schema";
import { refusal } from "./permissions";

const token = (rest: Partial<WhoAmI>): WhoAmI => ({ name: "ann", scope: "deploy", serverVersion: "1", serverId: "x", ...rest });

describe("what a token may do", () => {
  it("a larger scope includes the smaller ones", () => {
    expect(refusal(token({ scope: "admin" }), "deploy")).toBeUndefined();
    expect(refusal(token({ scope: "deploy" }), "read")).toBeUndefined();
  });

  it("says which scope is missing", () => {
    expect(refusal(token({ scope: "read" }), "deploy")).toBe('Needs the scope deploy; the token "ann" has read.');
  });

  it("says which service or environment it is not for", () => {
    const limited = token({ services: ["shop"], environments: ["dev"] });
    expect(refusal(limited, "deploy", { service: "shop", environment: "dev" })).toBeUndefined();
    expect(refusal(limited, "deploy", { service: "mail", environment: "dev" })).toContain("not for mail");
    expect(refusal(limited, "deploy", { service: "shop", environment: "production" })).toContain("not for production");
  });
});
