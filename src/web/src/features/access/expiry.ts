import type { Tone } from "~/ui/tone";

const day = 86_400_000;
/** So long before its end a token is worth a warning. */
const soon = 7 * day;

export type Expiry = { tone: Tone; soon: boolean; over: boolean };

export function expiryOf(expiresAt: string | null | undefined, now: number): Expiry {
  if (!expiresAt) return { tone: "quiet", soon: false, over: false };
  const left = Date.parse(expiresAt) - now;
  if (left <= 0) return { tone: "bad", soon: false, over: true };
  return left <= soon ? { tone: "warn", soon: true, over: false } : { tone: "quiet", soon: false, over: false };
}
