import { join } from "node:path";
import { expect, type Page } from "@playwright/test";
import type { Screen } from "./screens";
import { repository } from "./stack";

/** How people look at it. */
export const faces = [
  { name: "in light", face: "light", colorScheme: "light", width: 1280, height: 800 },
  { name: "in dark", face: "dark", colorScheme: "dark", width: 1280, height: 800 },
  { name: "on a phone", face: "phone", colorScheme: "light", width: 390, height: 844 },
] as const;

/** The smallest window that has to do. */
export const narrowest = { width: 360, height: 740 };

/** Opens a screen and waits until it is complete. */
export async function look(page: Page, { path, ready }: Screen): Promise<void> {
  await page.goto(path);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(page.getByText(ready).filter({ visible: true }).first()).toBeVisible();
  await expect(page.getByLabel("Loading")).toHaveCount(0);
  await page.evaluate(() => document.fonts.ready);
}

/** Pixels by which the page is wider than the window. */
export function overhang(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
}

/** Into the documentation. */
export async function photograph(page: Page, screen: Screen, face: string): Promise<void> {
  await look(page, screen);
  await expect(page.locator("[data-connection=live]")).toBeAttached();
  await page.screenshot({ path: join(repository, "docs/images", `${screen.name}-${face}.png`), animations: "disabled" });
}
