import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, type Page } from "@playwright/test";
import { good } from "./stack/api";
import { objections } from "./stack/axe";
import { repository, type Stack } from "./stack/stack";
import { onStack } from "./stack/test";
import { until } from "./stack/until";
import { apply } from "./stack/world";

const services = 300;
const environments = ["dev", "test", "qa", "integration", "staging", "canary", "production", "backup"];
const instances = 10_000;
const agents = join(repository, "bench/Slipway.Bench.Agents/bin/Release/net10.0/Slipway.Bench.Agents");

/** Every service in every environment, through the API; each is deployed somewhere, by a deployment type that only says so. */
const test = onStack(async (stack: Stack) => {
  for (const name of environments) await stack.api.environment(name);
  const names = Array.from({ length: services }, (_, index) => `service-${String(index).padStart(3, "0")}`);
  await each(names, 8, async (service, index) => {
    const places = environments.map((name) => `${name}: {}`).join(", ");
    await apply(stack, `service: ${service}\nteam: team-${index % 12}\ntype: scripted\nenvironments: { ${places} }\n`);
    good(
      await stack.api.http.POST("/api/v1/services/{service}/versions", {
        params: { path: { service } },
        body: { version: `1.${index}.0` },
      }),
    );
    await stack.api.deploy({ service, environment: environments[index % environments.length]!, version: `1.${index}.0` });
  });
});

async function each<T>(all: T[], atOnce: number, act: (item: T, index: number) => Promise<void>) {
  const next = all.entries();
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (const [index, item] of next) await act(item, index);
    }),
  );
}

/**
 * Under how many milliseconds 95 % of the frames stay while a wheel is turned quickly, in the best of three times: a page that has
 * become heavy is so each time, a machine that has something else to do is not.
 */
async function slowFrame(page: Page): Promise<number> {
  const times: number[] = [];
  for (let time = 0; time < 3; time++) {
    await page.mouse.wheel(0, -100_000);
    const taken = await frames(page, 25);
    times.push(taken[Math.floor(taken.length * 0.95)]!);
  }
  return Math.min(...times);
}

/** Turns the wheel, and answers how long each frame took, in milliseconds, shortest first. */
async function frames(page: Page, turns: number): Promise<number[]> {
  await page.evaluate(() => {
    const taken: number[] = [];
    let last = performance.now();
    const tick = (now: number) => {
      taken.push(now - last);
      last = now;
      requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
    (window as Window & { taken?: number[] }).taken = taken;
  });
  await page.mouse.move(640, 500);
  for (let turn = 0; turn < turns; turn++) await page.mouse.wheel(0, 600);
  return (await page.evaluate(() => (window as Window & { taken?: number[] }).taken ?? [])).slice(2).sort((a, b) => a - b);
}

test("300 services in 8 environments are there soon and scroll smoothly", async ({ page, world: _ }) => {
  const begun = performance.now();
  await page.goto("/");
  await expect(page.getByRole("link", { name: /^service-000 in dev/ })).toBeVisible();
  const shown = performance.now() - begun;

  const slow = await slowFrame(page);
  console.log(
    `overview of 2,400 targets: ${shown.toFixed(0)} ms until shown; 95 % of frames while scrolling under ${slow.toFixed(0)} ms`,
  );
  expect(shown).toBeLessThan(5000);
  expect(slow).toBeLessThan(150);

  await page.getByLabel("Search services, teams and versions").fill("service-29 1.29");
  await expect(page.getByRole("link", { name: "service-299", exact: true })).toBeVisible();
  await expect(page.getByRole("table").getByRole("row")).toHaveCount(11);
});

test.describe("on a wall", () => {
  test.use({ viewport: { width: 3840, height: 2160 } });

  test("300 services stand in tables beside each other, and the arrow keys go from one to the next", async ({
    page,
    world: _,
  }) => {
    await page.goto("/");
    const tables = page.getByRole("table", { name: /^What runs where, part/ });
    await expect(tables).toHaveCount(2);
    await page.evaluate(() => window.scrollTo(0, document.body.scrollHeight));
    await page.getByRole("link", { name: /^service-149 in dev/ }).focus();
    await page.keyboard.press("ArrowDown");
    await expect(page.getByRole("link", { name: /^service-150 in dev/ })).toBeFocused();
    await expect(tables.last().getByRole("row").nth(1)).toContainText("service-150");
  });
});

/** Ten thousand agents, begun once and ended with the stack. */
async function fleet(stack: Stack) {
  const connected = async () => Number(good(await stack.api.http.GET("/api/v1/instances/summary", {})).connected);
  if ((await connected()) >= instances) return;
  expect(existsSync(agents), `${agents} is made by ./test`).toBe(true);
  const words = ["--server", stack.url, "--token", stack.token, "--agents", String(instances), "--rounds", "0", "--stay"];
  stack.processes.start("fleet", agents, words, "pipe");
  await until("all agents are connected", async () => (await connected()) >= instances, 120);
}

test("10,000 instances can be searched and scrolled", async ({ page, stack, world: _ }) => {
  test.setTimeout(180_000);
  await fleet(stack);
  const begun = performance.now();
  await page.goto("/instances");
  await expect(page.getByText("10,000 instances")).toBeVisible();
  await expect(page.getByRole("row").nth(5)).toBeVisible();
  const shown = performance.now() - begun;
  const slow = await slowFrame(page);
  console.log(`10,000 instances: ${shown.toFixed(0)} ms until shown; 95 % of frames while scrolling under ${slow.toFixed(0)} ms`);
  expect(shown).toBeLessThan(8000);
  expect(slow).toBeLessThan(200);
});

test("the map of 10,000 instances is told in words, and gone through with the keyboard", async ({ page, stack, world: _ }) => {
  test.setTimeout(300_000);
  await fleet(stack);
  const square = page.locator("main a[data-name]");
  await page.emulateMedia({ reducedMotion: "reduce" });
  await page.goto("/instances?view=map");
  await expect(square).toHaveCount(instances, { timeout: 90_000 });
  expect(await objections(page, "main li:nth-child(n + 100)")).toEqual([]);
  await expect(page.getByRole("heading", { level: 2 }).locator("..")).toContainText([/10,000 \w+/]);
  await square.first().focus();
  await page.keyboard.press("ArrowRight");
  await expect(square.nth(1)).toBeFocused();
  await page.keyboard.press("End");
  await expect(square.last()).toBeFocused();
  const name = (await square.last().getAttribute("data-name")) ?? "";
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
});
