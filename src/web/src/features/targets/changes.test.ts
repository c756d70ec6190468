import { MutationObserver, QueryClient } from "@tanstack/react-query";
import { describe, expect, it } from "vitest";
import { keys } from "~/api/keys";
import { Problem } from "~/api/problem";
import type { Target } from "~/api/schema";
import { atOnce, automatic, holding, lifting, type TargetChange } from "./changes";

const path = { service: "shop", environment: "dev" };
const shop = { ...path, version: "1", hold: null, autoDeploy: null } as unknown as Target;
const mail = { ...shop, service: "mail" } as Target;
const refused = new Problem("forbidden", "Needs the scope deploy.", 403);

function known(target: Target) {
  const queries = new QueryClient();
  queries.setQueryData(keys.target("shop", "dev"), target);
  queries.setQueryData(keys.targets, [mail, target]);
  return {
    queries,
    one: () => queries.getQueryData<Target>(keys.target("shop", "dev")),
    all: () => queries.getQueryData<Target[]>(keys.targets),
  };
}

/** Asks, looks at the screen while the server still thinks, and lets it answer. */
async function change<T>(queries: QueryClient, { become }: TargetChange<T>, wish: T, answer: Target | Problem) {
  let say = () => {};
  const ask = () =>
    new Promise<Target>((agree, refuse) => {
      say = () => (answer instanceof Problem ? refuse(answer) : agree(answer));
    });
  const asked = new MutationObserver(queries, atOnce(queries, path, { ask, become })).mutate(wish);
  await new Promise((next) => setImmediate(next));
  return {
    answered: () => {
      say();
      return asked;
    },
  };
}

describe("a switch of a target", () => {
  it("is on the screen before the server has answered, in every list, and stays when it agrees", async () => {
    const { queries, one, all } = known(shop);
    const agreed = { ...shop, hold: { reason: "The fair", placedBy: "ann", placedAt: "2026-01-01T00:00:00Z" } } as Target;
    const { answered } = await change(queries, holding(path, "ann"), "The fair", agreed);
    expect(one()?.hold).toMatchObject({ reason: "The fair", placedBy: "ann" });
    expect(all()?.map(({ hold }) => hold?.reason)).toEqual([undefined, "The fair"]);
    await answered();
    expect(one()).toEqual(agreed);
    expect(all()).toEqual([mail, agreed]);
  });

  it("is taken back with the server's reason when it refuses", async () => {
    const { queries, one, all } = known(shop);
    const { answered } = await change(queries, automatic(path), "main", refused);
    expect(one()?.autoDeploy).toEqual({ branch: "main" });
    await expect(answered()).rejects.toThrow("Needs the scope deploy.");
    expect(one()).toEqual(shop);
    expect(all()).toEqual([mail, shop]);
  });

  it("that is refused leaves alone what the server said meanwhile", async () => {
    const { queries, one } = known({ ...shop, hold: { reason: "The fair", placedBy: "ann", placedAt: "2026-01-01T00:00:00Z" } });
    const { answered } = await change(queries, lifting(path), undefined, refused);
    expect(one()?.hold).toBeNull();
    const newer = { ...shop, version: "2" } as Target;
    queries.setQueryData(keys.target("shop", "dev"), newer);
    await expect(answered()).rejects.toThrow();
    expect(one()).toEqual(newer);
  });
});
