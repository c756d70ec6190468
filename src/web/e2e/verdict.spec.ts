import { expect, type Page } from "@playwright/test";
import type { DeploymentVerdict } from "../src/api/schema";
import { failing, leaking, undecided } from "../src/features/verdicts/samples";
import { expectReadable, overhang } from "./stack/faces";
import { test } from "./stack/team";

test.use({ colorScheme: "light", contextOptions: { reducedMotion: "reduce" } });

// Real instances are judged after minutes at the earliest: what is told here was thought of, all else is real.
const told = (page: Page, verdict: () => DeploymentVerdict) =>
  page.route(`**/api/v1/deployments/*/verdict`, (route) => route.fulfill({ json: verdict() }));

const minutes = (ahead: number) => new Date(Date.now() + ahead * 60_000).toISOString();
const section = (page: Page) => page.getByRole("region", { name: "Is it healthy?" });

test("what failed is shown right after the cause, with pictures, new errors and what else is different", async ({
  page,
  world,
  complaints,
}) => {
  await told(page, () => failing(world.failed, "web-2", { changedAt: minutes(-5), judgedAt: minutes(-1) }));
  await page.goto(`/deployments/${world.failed}`);
  const healthy = section(page);
  await expect(healthy).toContainText("No: fail");
  await expect(healthy).toContainText("2 changed instances compared with 4 that kept the version before");

  await expect(healthy.getByRole("img", { name: /^Time of requests over time\..*about 44\.\d ms since/ })).toBeVisible();
  await expect(healthy.getByRole("img", { name: /^Changed: half of the values/ })).toBeVisible();
  await expect(healthy.getByRole("img", { name: /became certain 3 min 30 s after the change/ })).toBeVisible();
  await expect(healthy).toContainText("12 times on 2 instances");
  await expect(healthy.getByRole("region", { name: "The last lines of web-2" })).toContainText("Basket 8122");
  await expect(healthy).toContainText(/1\.8\.1.*1\.9\.1/);

  const top = async (name: string | RegExp) => (await page.getByRole("region", { name }).boundingBox())!.y;
  expect(await top(/^It failed in/)).toBeLessThan(await top("Is it healthy?"));
  expect(await top("Is it healthy?")).toBeLessThan(await top("Stages"));

  await expectReadable(page);
  expect(complaints).toEqual([]);
});

test("on a wall the pictures take the room there is", async ({ page, world }) => {
  await told(page, () => failing(world.failed, "web-2", { changedAt: minutes(-5), judgedAt: minutes(-1) }));
  await page.setViewportSize({ width: 3840, height: 2160 });
  await page.goto(`/deployments/${world.failed}`);
  const pictures = section(page).locator("figure svg[role=img]");
  await expect(pictures).toHaveCount(3);
  for (const picture of await pictures.all()) expect((await picture.boundingBox())!.width).toBeGreaterThan(700);
  expect(await overhang(page)).toBeLessThanOrEqual(0);
});

test("where nothing is wrong it is a few lines below the stages, and opens from the keyboard", async ({
  page,
  world,
  complaints,
}) => {
  await told(page, () => undecided(world.watched, { changedAt: minutes(-3), judgedAt: minutes(0) }));
  await page.goto(`/deployments/${world.watched}`);
  const healthy = section(page);
  await expect(healthy).toContainText("Not known: inconclusive");
  await expect(healthy).toContainText("Needs about 6 min more, or about 3,300 requests more");
  const { y, height } = (await healthy.boundingBox())!;
  expect(height).toBeLessThan(150);
  expect(y).toBeGreaterThan((await page.getByRole("region", { name: "Stages" }).boundingBox())!.y);

  await healthy.getByRole("button", { name: /^What says so/ }).focus();
  await page.keyboard.press("Enter");
  await expect(healthy.locator("figure svg[role=img]")).toHaveCount(3);
  await page.keyboard.press("Tab");
  await expect(healthy.getByRole("button", { name: /^Time of requests/ })).toBeFocused();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Space");
  await expect(healthy.getByRole("button", { name: /^CPU/ })).toHaveAttribute("aria-expanded", "true");
  await expect(healthy.getByRole("img", { name: /^CPU over time/ })).toBeVisible();
  await healthy.getByRole("button", { name: "Show 1 more" }).click();
  await expect(healthy.getByRole("button", { name: /^Network/ })).toBeVisible();
  await expectReadable(page);
  expect(complaints).toEqual([]);
});

test("what its watch has taken back says so, and where to see what runs now", async ({ page, stack, complaints }) => {
  const { deployment } = await stack.api.target("checkout", "staging");
  const watched = { changedAt: minutes(-30), judgedAt: minutes(-10), watchedUntil: minutes(-5), takenBackBy: deployment! };
  await told(page, () => leaking(deployment!, watched));
  await page.goto(`/deployments/${deployment}`);
  const healthy = section(page);
  await expect(healthy).toContainText(/1\.9\.0 was found to be worse at \d\d:\d\d and taken back to 1\.8\.1/);
  await expect(healthy.getByRole("img", { name: /^Memory over time.*MB/ })).toBeVisible();
  await expectReadable(page);
  await healthy.getByRole("link", { name: "checkout in staging" }).click();
  await expect(page).toHaveURL(/\/targets\/checkout\/staging/);
  expect(complaints).toEqual([]);
});

test("an answer that becomes another one is shown without a reload", async ({ page, world }) => {
  let bad = false;
  const moments = () => ({ changedAt: minutes(-4), judgedAt: minutes(0) });
  await told(page, () => (bad ? failing(world.watched, "web-1", moments()) : undecided(world.watched, moments())));
  await page.goto(`/deployments/${world.watched}`);
  await expect(section(page)).toContainText("Not known");
  bad = true;
  await expect(section(page)).toContainText("No: fail");
});

test("a deployment that was not judged says nothing of it", async ({ page, world, complaints }) => {
  let asked = 0;
  await page.route(`**/api/v1/deployments/*/verdict`, (route) => {
    asked++;
    return route.fulfill({ status: 404, json: { code: "verdict_not_found", detail: "There is none." } });
  });
  await page.goto(`/deployments/${world.failed}`);
  await expect(page.getByRole("region", { name: "What happened" })).toBeVisible();
  await expect.poll(() => asked).toBeGreaterThan(0);
  await expect(section(page)).toHaveCount(0);
  expect(complaints).toEqual([]);
});
