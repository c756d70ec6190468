import { join } from "node:path";
import { expect } from "@playwright/test";
import { screens } from "../stack/screens";
import { repository } from "../stack/stack";
import { test } from "../stack/team";

const faces = [
  { face: "light", colorScheme: "light", width: 1280, height: 800 },
  { face: "dark", colorScheme: "dark", width: 1280, height: 800 },
  { face: "phone", colorScheme: "light", width: 390, height: 844 },
] as const;

for (const { face, colorScheme, width, height } of faces)
  test.describe(face, () => {
    test.use({ colorScheme, viewport: { width, height }, contextOptions: { reducedMotion: "reduce" } });

    for (const { name } of screens({ failed: "", watched: "" }))
      test(`${name} ${face}`, async ({ page, world }) => {
        const screen = screens(world).find((each) => each.name === name)!;
        await page.goto(screen.path);
        await expect(page.getByText(screen.ready).filter({ visible: true }).first()).toBeVisible();
        await expect(page.getByLabel("Loading")).toHaveCount(0);
        await expect(page.locator("[data-connection=live]")).toBeAttached();
        await page.evaluate(() => document.fonts.ready);
        await page.screenshot({ path: join(repository, "docs/images", `${name}-${face}.png`), animations: "disabled" });
      });
  });
