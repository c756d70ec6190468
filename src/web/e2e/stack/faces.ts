import { join } from "node:path";
import { expect, type Page } from "@playwright/test";
import { objections } from "./axe";
import type { Screen } from "./screens";
import { repository } from "./stack";

/** How people look at it. */
export const faces = [
  { name: "in light", face: "light", colorScheme: "light", width: 1280, height: 800 },
  { name: "in dark", face: "dark", colorScheme: "dark", width: 1280, height: 800 },
  { name: "on a phone", face: "phone", colorScheme: "light", width: 390, height: 844 },
] as const;

const phone = 400;

/** The smallest window that has to do. */
export const narrowest = { width: 360, height: 740 };

/** Opens a screen and waits until it is complete. */
export async function look(page: Page, { path, ready, act }: Screen): Promise<void> {
  await page.goto(path);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(page.getByText(ready).filter({ visible: true }).first()).toBeVisible();
  await expect(page.getByLabel("Loading")).toHaveCount(0);
  await page.evaluate(() => document.fonts.ready);
  await act?.(page);
}

/** Pixels by which the page is wider than the window. */
export function overhang(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
}

/** Nothing for axe to object to, and nothing beyond the edge, on a phone not even on a small one. */
export async function expectReadable(page: Page): Promise<void> {
  expect(await objections(page)).toEqual([]);
  expect(await overhang(page), "wider than the window").toBeLessThanOrEqual(0);
  if ((page.viewportSize()?.width ?? 0) >= phone) return;
  await page.setViewportSize(narrowest);

  // A chart takes the new width a moment after the window has.
  await expect.poll(() => overhang(page), { message: "wider than a small phone", timeout: 5_000 }).toBeLessThanOrEqual(0);
}

/** Into the documentation. */
export async function photograph(page: Page, screen: Screen, face: string): Promise<void> {
  await look(page, screen);
  await expect(page.locator("[data-connection=live]")).toBeAttached();
  await page.screenshot({ path: join(repository, "docs/images", `${screen.name}-${face}.png`), animations: "disabled" });
}
