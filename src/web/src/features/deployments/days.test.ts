import { describe, expect, it } from "vitest";
import type { Deployment } from "~/api/schema";
import { byDay, dayName, perDay } from "./days";
import { deploymentAt } from "./samples";

const on = (day: number, status: Deployment["status"]) =>
  deploymentAt([], { status, createdAt: new Date(2026, 10, day, 12).toISOString() });

describe("deployments by day", () => {
  const days = byDay([on(24, "succeeded"), on(24, "rolledBack"), on(22, "cancelled")]);

  it("keeps the order", () => expect(days.map(({ deployments }) => deployments.length)).toEqual([2, 1]));

  it("names the near days", () => {
    const now = new Date(2026, 10, 24, 9);
    expect(dayName(new Date(2026, 10, 24, 1), now)).toBe("Today");
    expect(dayName(new Date(2026, 10, 23, 23), now)).toBe("Yesterday");
  });

  it("counts the outcomes, and the days on which nothing happened", () => {
    const counts = perDay(days);
    expect(counts.at(-1)).toMatchObject({ day: "2026-11-24", succeeded: 1, failed: 1, other: 0 });
    expect(counts.at(-2)).toMatchObject({ day: "2026-11-23", succeeded: 0, failed: 0, other: 0 });
    expect(counts.at(-3)).toMatchObject({ day: "2026-11-22", other: 1 });
    expect(counts).toHaveLength(21);
  });
});
