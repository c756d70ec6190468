import { join } from "node:path";
import { expect, type Page } from "@playwright/test";
import { objections, objectionsToColors } from "./axe";
import type { Screen } from "./screens";
import { repository } from "./stack";

const phone = { width: 390, height: 844 };

/** How people look at it. */
export const faces = [
  { face: "light", colorScheme: "light", width: 1280, height: 800 },
  { face: "dark", colorScheme: "dark", width: 1280, height: 800 },
  { face: "phone", colorScheme: "light", ...phone },
] as const;

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

/** Nothing for axe to object to in light and in dark; the page is left in dark. */
export async function expectColors(page: Page): Promise<void> {
  await dress(page, "light");
  expect(await objections(page), "in light").toEqual([]);
  await dress(page, "dark");
  expect(await objectionsToColors(page), "in dark").toEqual([]);
}

async function dress(page: Page, colorScheme: "light" | "dark"): Promise<void> {
  await page.emulateMedia({ colorScheme });
  await expect(page.locator("html")).toHaveAttribute("data-mantine-color-scheme", colorScheme);
  await expect.poll(() => fading(page)).toBe(0);
}

/** How many animations still run: what is half transparent has other colours. */
function fading(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      document
        .getAnimations()
        .filter((each) => each.playState === "running" && each.effect?.getComputedTiming().endTime !== Infinity).length,
  );
}

/** In light, in dark, on a phone and on a small one: nothing for axe to object to, and nothing beyond the edge. */
export async function expectReadable(page: Page): Promise<void> {
  await expectColors(page);
  expect(await overhang(page), "wider than the window").toBeLessThanOrEqual(0);

  for (const [what, size] of Object.entries({ phone, "small phone": narrowest })) {
    await page.setViewportSize(size);

    // A chart takes the new width a moment after the window has.
    await expect.poll(() => overhang(page), { message: `wider than a ${what}`, timeout: 5_000 }).toBeLessThanOrEqual(0);
    if (size === phone) expect(await objections(page), "on a phone").toEqual([]);
  }
}

/** Into the documentation. */
export async function photograph(page: Page, screen: Screen, face: string): Promise<void> {
  await look(page, screen);
  await expect(page.locator("[data-connection=live]")).toBeAttached();
  await page.screenshot({ path: join(repository, "docs/images", `${screen.name}-${face}.png`), animations: "disabled" });
}
