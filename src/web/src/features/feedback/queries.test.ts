import { type InfiniteData, MutationObserver, QueryClient } from "@tanstack/react-query";
import { describe, expect, it } from "vitest";
import { Problem } from "~/api/problem";
import type { Feedback } from "~/api/schema";
import { answering, feedbackLike } from "./queries";

const item = (id: string) => ({ id, text: "Where is it?", createdBy: "ben", createdAt: "2026-01-01T00:00:00Z" }) as Feedback;
const page = (...items: Feedback[]): InfiniteData<{ items: Feedback[] }> => ({ pages: [{ items }], pageParams: [""] });
const open = feedbackLike({ open: true }).queryKey;
const all = feedbackLike({}).queryKey;

function known() {
  const queries = new QueryClient();
  for (const key of [open, all]) queries.setQueryData<unknown>(key, page(item("a"), item("b")));
  const items = (key: readonly unknown[]) =>
    queries.getQueryData<ReturnType<typeof page>>(key)?.pages.flatMap(({ items }) => items);
  return { queries, open: () => items(open), all: () => items(all) };
}

/** Answers "a", looks at the screen while the server still thinks, and lets it agree or refuse. */
async function answer(queries: QueryClient) {
  let resolve = (_: Feedback) => {};
  let reject = (_: Problem) => {};
  const said = new Promise<Feedback>((agree, refuse) => {
    resolve = agree;
    reject = refuse;
  });
  const options = answering(queries, "ann", () => said);
  const asked = new MutationObserver(queries, options).mutate({ id: "a", text: "At the top." });
  await new Promise((next) => setImmediate(next));
  return { asked, resolve, reject };
}

describe("an answer to feedback", () => {
  it("is on the screen before the server has it, and what it answers no longer waits", async () => {
    const { queries, open, all } = known();
    const { asked, resolve } = await answer(queries);
    expect(open()?.map(({ id }) => id)).toEqual(["b"]);
    expect(all()).toMatchObject([{ id: "a", answer: "At the top.", answeredBy: "ann" }, { id: "b" }]);
    resolve({ ...item("a"), answer: "At the top." });
    await asked;
    expect(open()?.map(({ id }) => id)).toEqual(["b"]);
  });

  it("is taken back when the server refuses", async () => {
    const { queries, open, all } = known();
    const { asked, reject } = await answer(queries);
    reject(new Problem("forbidden", "Needs the scope admin.", 403));
    await expect(asked).rejects.toThrow("Needs the scope admin.");
    expect(open()).toEqual([item("a"), item("b")]);
    expect(all()).toEqual([item("a"), item("b")]);
  });
});
