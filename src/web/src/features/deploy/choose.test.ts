import { describe, expect, it } from "vitest";
import type { Deployment, ServiceVersion, Target } from "~/api/schema";
import { branchesOf, matching, offered, pastOf, placesOf } from "./choose";

const version = (name: string, rest: Partial<ServiceVersion> = {}): ServiceVersion => ({
  service: "shop",
  version: name,
  number: 1,
  commits: [],
  createdAt: "2026-11-24T12:00:00Z",
  definitionRevision: 1,
  ...rest,
});

describe("the version that is offered", () => {
  it("is the newest", () => expect(offered([version("3"), version("2"), version("1")], "1")).toBe("3"));
  it("is never a bad one", () =>
    expect(offered([version("3", { badBecause: "rolled back" }), version("2"), version("1")], "1")).toBe("2"));
  it("is none when the newest runs already", () => expect(offered([version("2"), version("1")], "2")).toBeUndefined());
  it("is none when all newer ones are bad: going back is a decision", () =>
    expect(offered([version("3", { badBecause: "x" }), version("2"), version("1")], "2")).toBeUndefined());
  it("is the newest where nothing runs", () => expect(offered([version("2"), version("1")], null)).toBe("2"));
  it("is none without versions", () => expect(offered([], null)).toBeUndefined());
});

describe("searching versions", () => {
  const versions = [
    version("1.4.2", { branch: "main", commits: [{ sha: "abc123", message: "Correct the plural", author: "Ann" }] }),
    version("1.4.1", { branch: "feature/x", commit: "def456" }),
  ];
  it.each([
    ["1.4", 2],
    ["plural ann", 1],
    ["def4", 1],
    ["feature", 1],
    ["nothing such", 0],
    ["  ", 2],
  ])('"%s" finds %i', (search, count) => expect(matching(versions, search)).toHaveLength(count));

  it("works with a server that does not tell commits", () =>
    expect(matching([{ ...version("1"), commits: undefined as unknown as [] }], "1")).toHaveLength(1));
});

it("a version runs where targets say so", () => {
  const target = (environment: string, name: string | null) =>
    ({ environment, version: name, instances: { total: 2, healthy: 2 } }) as Target;
  const places = placesOf([target("staging", "2"), target("production", "2"), target("dev", null)]);
  expect(places.get("2")?.map(({ environment }) => environment)).toEqual(["staging", "production"]);
  expect(places.size).toBe(1);
});

it("only the last finished deployment of a version in an environment counts", () => {
  const deployment = (id: string, status: Deployment["status"], environment = "staging") =>
    ({ id, status, environment, version: "2" }) as Deployment;
  const past = pastOf([
    deployment("d", "running"),
    deployment("c", "succeeded"),
    deployment("b", "rolledBack"),
    deployment("a", "failed", "dev"),
  ]);
  expect(past.get("2")).toEqual([
    { environment: "staging", status: "succeeded", deployment: "c" },
    { environment: "dev", status: "failed", deployment: "a" },
  ]);
});

it("branches come most used first", () =>
  expect(branchesOf([version("3", { branch: "x" }), version("2", { branch: "main" }), version("1", { branch: "main" })])).toEqual(
    ["main", "x"],
  ));
