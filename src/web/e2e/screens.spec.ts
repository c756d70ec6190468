import { expect, type Page } from "@playwright/test";
import { objections } from "./stack/axe";
import { screens } from "./stack/screens";
import { test } from "./stack/team";
import { nobody } from "./stack/test";

const faces = [
  { name: "in light", colorScheme: "light", width: 1280, height: 800 },
  { name: "in dark", colorScheme: "dark", width: 1280, height: 800 },
  { name: "on a phone", colorScheme: "light", width: 390, height: 844 },
] as const;
const narrowest = { width: 360, height: 740 };

for (const { name: face, colorScheme, width, height } of faces)
  test.describe(face, () => {
    test.use({ colorScheme, viewport: { width, height }, contextOptions: { reducedMotion: "reduce" } });

    for (const { name } of screens({ failed: "", watched: "" }))
      test(`${name} can be read by everybody ${face}`, async ({ page, world, complaints }) => {
        const screen = screens(world).find((each) => each.name === name)!;
        await page.goto(screen.path);
        await shown(page, screen.ready);

        expect(await objections(page)).toEqual([]);
        expect(await overhang(page), "wider than the window").toBeLessThanOrEqual(0);
        if (width < 400) {
          await page.setViewportSize(narrowest);
          expect(await overhang(page), "wider than a small phone").toBeLessThanOrEqual(0);
        }
        expect(complaints).toEqual([]);
      });
  });

function overhang(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
}

async function shown(page: Page, ready: RegExp) {
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(page.getByText(ready).filter({ visible: true }).first()).toBeVisible();
  await expect(page.getByLabel("Loading")).toHaveCount(0);
  await page.evaluate(() => document.fonts.ready);
}

test("somebody who is not signed in sees a page that can be read", async ({ browser, stack }) => {
  for (const colorScheme of ["light", "dark"] as const) {
    const context = await browser.newContext({ ...nobody, baseURL: stack.url, colorScheme, viewport: narrowest });
    const page = await context.newPage();
    await page.goto("/sign-in");
    await expect(page.getByPlaceholder("slp_…")).toBeVisible();
    expect(await objections(page)).toEqual([]);
    expect(await overhang(page)).toBeLessThanOrEqual(0);
    await context.close();
  }
});
