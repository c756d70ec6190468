import { describe, expect, it } from "vitest";
import type { Connection, ConnectionType, Service } from "~/api/schema";
import { bodyOf, factsOf, missing, shownFields, typedOf, usedBy } from "./fields";

const field = (name: string, rest: object = {}) => ({ name, label: name.toUpperCase(), help: "", ...rest });

const type: ConnectionType = {
  name: "cloud",
  title: "Cloud",
  fields: [
    field("address", { required: true }),
    field("login", { choices: ["none", "basic", "key"], default: "none" }),
    field("password", { secret: true, required: true, whenField: "login", whenValues: ["basic"] }),
    field("key", { secret: true, multiline: true, whenField: "login", whenValues: ["key"] }),
  ],
};

const connection = (rest: Partial<Connection> = {}): Connection => ({
  name: "main",
  type: "cloud",
  values: { address: "http://a", login: "basic" },
  secrets: ["password"],
  updatedAt: "2026-11-24T12:00:00Z",
  ...rest,
});

describe("the form of a connection", () => {
  it("begins with what is known, and with the usual choices; never with a secret", () => {
    expect(typedOf(type)).toEqual({ address: "", login: "none", password: "", key: "" });
    expect(typedOf(type, connection())).toEqual({ address: "http://a", login: "basic", password: "", key: "" });
  });

  it("shows the fields that matter with what was chosen", () => {
    expect(shownFields(type, { login: "none" }).map(({ name }) => name)).toEqual(["address", "login"]);
    expect(shownFields(type, { login: "basic" }).map(({ name }) => name)).toEqual(["address", "login", "password"]);
  });

  it("lacks what is needed, but for a secret that is kept", () => {
    expect(missing(type, { login: "basic" }, [])).toEqual(["address", "password"]);
    expect(missing(type, { address: "http://a", login: "basic" }, ["password"])).toEqual([]);
  });

  it("sends values without blanks around them, and new secrets among the secrets", () =>
    expect(bodyOf(type, { address: " http://a ", login: "basic", password: "s3cret" }, [])).toEqual({
      type: "cloud",
      values: { address: "http://a", login: "basic" },
      secrets: { password: "s3cret" },
    }));

  it("leaves a kept secret alone, and removes one that no longer matters", () => {
    expect(bodyOf(type, { address: "http://a", login: "basic" }, ["password"]).secrets).toEqual({});
    expect(bodyOf(type, { address: "http://a", login: "none", password: "x" }, ["password"]).secrets).toEqual({ password: "" });
  });
});

it("a connection tells its values, and of secrets that they are there", () =>
  expect(factsOf(connection(), type)).toEqual([
    { label: "ADDRESS", value: "http://a" },
    { label: "LOGIN", value: "basic" },
    { label: "PASSWORD", value: "kept" },
  ]));

describe("who deploys through a connection", () => {
  const service = (name: string, settings: object, environments: object = {}) =>
    ({ name, definition: { service: name, type: "cloud", settings, environments } }) as unknown as Service;
  const other = { name: "mail", definition: { service: "mail", type: "trigger" } } as unknown as Service;
  const [main, second] = [connection(), connection({ name: "second" })];

  it("is who names it, in any environment", () => {
    const services = [
      service("shop", { cloud: "second" }),
      service("cart", { cloud: "main" }, { dev: { settings: { cloud: "second" } } }),
      other,
    ];
    expect(usedBy(second, [main, second], services)).toEqual(["shop", "cart"]);
  });

  it("is also who names none, where there is no other", () => {
    expect(usedBy(main, [main], [service("shop", {}), other])).toEqual(["shop"]);
    expect(usedBy(main, [main, second], [service("shop", {})])).toEqual([]);
  });
});
