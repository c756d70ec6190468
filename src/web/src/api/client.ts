import createClient from "openapi-fetch";
import { Problem } from "./problem";
import type { paths } from "./schema";

/** The public API, typed by contracts/openapi.json. The session cookie goes along by itself. */
export const api = createClient<paths>({ baseUrl: "", credentials: "same-origin" });

export type Answer<T> = { data?: T; error?: unknown; response: Response };

const signedOut = new Set<() => void>();

/** Calls back when the server no longer knows who we are. */
export function onSignedOut(listener: () => void): () => void {
  signedOut.add(listener);
  return () => signedOut.delete(listener);
}

/** The answer's data, or a `Problem`. */
export async function take<T>(call: Promise<Answer<T>>): Promise<T> {
  let answer: Answer<T>;
  try {
    answer = await call;
  } catch (thrown) {
    if (thrown instanceof DOMException && thrown.name === "AbortError") throw thrown;
    throw Problem.unreachable();
  }
  if (answer.response.ok) return answer.data as T;
  if (answer.response.status === 401) for (const listener of signedOut) listener();
  throw Problem.from(answer.error, answer.response);
}

type PageOf<T> = { items: T[]; nextCursor?: string | null };

/** All pages of a list, one after another. For lists that are small by nature (environments) or bounded (targets). */
export async function takeAll<T>(page: (cursor: string | undefined) => Promise<Answer<PageOf<T>>>): Promise<T[]> {
  const all: T[] = [];
  let cursor: string | undefined;
  do {
    const next: PageOf<T> = await take(page(cursor));
    all.push(...next.items);
    cursor = next.nextCursor ?? undefined;
  } while (cursor);
  return all;
}

/** For a POST that creates: the same key on a retry, so that a lost answer never deploys twice. */
export function idempotencyKey(): string {
  return (
    crypto.randomUUID?.() ??
    Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("")
  );
}
