import { describe, expect, it } from "vitest";
import { age, ago, milliseconds, spoken } from "./time";

describe("durations", () => {
  it.each([
    ["500ms", 500],
    ["30s", 30_000],
    ["5m", 300_000],
    ["2h", 7_200_000],
    ["7d", 604_800_000],
  ])("%s is %i ms", (text, expected) => expect(milliseconds(text)).toBe(expected));

  it("refuses what is no duration", () => expect(() => milliseconds("soon")).toThrow("no duration"));

  it.each([
    [-5, "0 s"],
    [440, "0.4 s"],
    [9_999, "9.9 s"],
    [12_345, "12 s"],
    [60_000, "1 min"],
    [185_000, "3 min 5 s"],
    [7_800_000, "2 h 10 min"],
    [356_400_000, "4 d 3 h"],
  ])("%i ms is said as %s", (span, expected) => expect(spoken(span)).toBe(expected));
});

describe("moments", () => {
  const now = Date.parse("2026-11-24T12:00:00Z");
  const earlier = (seconds: number) => now - seconds * 1000;

  it.each([
    [2, "just now", "now"],
    [12, "12 s ago", "12s"],
    [300, "5 min ago", "5m"],
    [3 * 3600, "3 h ago", "3h"],
    [30 * 3600, "yesterday", "1d"],
    [4 * 86_400, "4 d ago", "4d"],
  ])("%i seconds ago", (seconds, long, short) => {
    expect(ago(earlier(seconds), now)).toBe(long);
    expect(age(earlier(seconds), now)).toBe(short);
  });

  it("a moment ahead is ahead", () => expect(ago(now + 90_000, now)).toBe("in 1 min 30 s"));
});
