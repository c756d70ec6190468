import { describe, expect, it } from "vitest";
import type { Service, SlipwayEnvironment, Target } from "~/api/schema";
import { board, hasDrifted, told } from "./board";

const environments = ["dev", "production"].map((name, order) => ({ name, order }) as SlipwayEnvironment);
const service = (name: string, team?: string) => ({ name, definition: { team } }) as Service;
const target = (service: string, environment: string, rest: Partial<Target> = {}): Target =>
  ({
    service,
    environment,
    version: "1.0",
    instances: { total: 3, connected: 3, healthy: 3, unhealthy: 0 },
    runningVersions: { "1.0": 3 },
    ...rest,
  }) as Target;

const nobody = new Set<string>();
const names = (rows: { service: string }[]) => rows.map((row) => row.service);

describe("the overview", () => {
  const services = [service("shop", "sales"), service("mail"), service("pay", "sales")];
  const targets = [
    target("shop", "production"),
    target("pay", "dev", { version: "2.1", hold: { reason: "x", placedBy: "ann", placedAt: "" } }),
  ];

  it("has a row for each service, also one that runs nowhere, and a cell for each environment", () => {
    const { rows } = board(services, environments, targets, nobody, {});
    expect(names(rows)).toEqual(["mail", "pay", "shop"]);
    expect(rows[2]?.cells.map((cell) => cell?.version)).toEqual([undefined, "1.0"]);
  });

  it("puts favourites first", () =>
    expect(names(board(services, environments, targets, new Set(["shop"]), {}).rows)[0]).toBe("shop"));

  it("searches names, teams and versions, every word", () => {
    expect(names(board(services, environments, targets, nobody, { q: "sales 2.1" }).rows)).toEqual(["pay"]);
    expect(names(board(services, environments, targets, nobody, { q: "sales nothing" }).rows)).toEqual([]);
  });

  it("shows only the environments asked for", () => {
    const { environments: shown, rows } = board(services, environments, targets, nobody, { env: ["production"] });
    expect(shown.map(({ name }) => name)).toEqual(["production"]);
    expect(rows[0]?.cells).toHaveLength(1);
  });

  it("counts what each view would show, within the search", () => {
    const { counts, rows } = board(services, environments, targets, nobody, { team: "sales", show: "held" });
    expect(counts.held).toBe(1);
    expect(names(rows)).toEqual(["pay"]);
  });
});

describe("a cell", () => {
  it("has drifted when instances run something else and nothing is being deployed", () => {
    expect(hasDrifted(target("shop", "dev", { runningVersions: { "0.9": 3 } }))).toBe(true);
    expect(hasDrifted(target("shop", "dev", { runningVersions: { "0.9": 3 }, runningDeployment: "d-1" }))).toBe(false);
    expect(hasDrifted(target("shop", "dev"))).toBe(false);
  });

  it("says what the environment before it has", () => {
    const cell = target("shop", "production", { behind: { environment: "dev", version: "1.2", versions: 2, commits: 5 } });
    expect(told(cell)).toBe("shop in production: 1.0 · 3 of 3 instances healthy · dev has 1.2, 5 commits more");
  });
});

it("what differs where somebody else runs the instances is told in the server's sentences", () => {
  const drifted = target("shop", "production", { drift: ["us-east-1: nothing serves, although 1.0 should."] });
  expect(hasDrifted(drifted)).toBe(true);
  expect(told(drifted)).toContain("nothing serves, although 1.0 should.");
});
