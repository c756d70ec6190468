import { expect } from "@playwright/test";
import { objections } from "./stack/axe";
import { expectReadable, look, narrowest, overhang } from "./stack/faces";
import { screens } from "./stack/screens";
import { test } from "./stack/team";
import { nobody } from "./stack/test";

test.use({ colorScheme: "light", contextOptions: { reducedMotion: "reduce" } });

for (const { name } of screens({ failed: "", watched: "" }))
  test(`${name} can be read by everybody`, async ({ page, world, complaints }) => {
    await look(page, screens(world).find((each) => each.name === name)!);
    await expectReadable(page);
    expect(complaints).toEqual([]);
  });

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
