import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";

const standards = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

/** What WCAG 2.2 AA objects to on the screen as it is now, a sentence each. `alike`: what is like a thousand others, and is left out. */
export function objections(page: Page, alike?: string): Promise<string[]> {
  const axe = new AxeBuilder({ page }).withTags(standards).setLegacyMode();
  return told(alike ? axe.exclude(alike) : axe);
}

/** What it objects to in the colours, for a screen that has passed in others. */
export function objectionsToColors(page: Page): Promise<string[]> {
  return told(new AxeBuilder({ page }).setLegacyMode().withRules(["color-contrast", "link-in-text-block"]));
}

async function told(axe: AxeBuilder): Promise<string[]> {
  const { violations } = await axe.analyze();
  return violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ target, failureSummary }) => `${target} ${failureSummary}`).join("\n")}`,
  );
}
