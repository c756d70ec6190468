import { expect, type Page } from "@playwright/test";
import { good } from "./stack/api";
import type { Stack } from "./stack/stack";
import { onStack } from "./stack/test";
import { until } from "./stack/until";
import { apply } from "./stack/world";

const service = "rehearsal";

/** A service that only rehearses: its one stage waits for an hour. */
const test = onStack(async (stack: Stack) => {
  await stack.api.environment("dev");
  await apply(stack, `service: ${service}\ntype: scripted\nsettings: { stages: [ { name: wait, answers: ["waiting: 1h"] } ] }\n`);
  for (const version of ["1.0.0", "1.1.0"])
    good(await stack.api.http.POST("/api/v1/services/{service}/versions", { params: { path: { service } }, body: { version } }));
});

const isLive = (page: Page) => expect(page.locator("[data-connection=live]")).toBeVisible();

async function waiting(stack: Stack) {
  const { id } = await stack.api.deploy({ service, environment: "dev", version: "1.0.0" });
  await until("the stage runs", async () => (await stack.api.deployment(id)).stages.some(({ status }) => status === "running"));
  return id;
}

/** Ends it without waiting for its stage. */
const takeBack = async (stack: Stack, id: string) => {
  const params = { path: { deployment: id } };
  good(await stack.api.http.POST("/api/v1/deployments/{deployment}/rollback", { params, body: {} }));
  await until("it ends", async () => (await stack.api.deployment(id)).finishedAt != null);
};

type Told = { text: string; delay: number };
type Watching = Window & { told?: Told[] };

/** From now on the page notes for each line of the story how long after its event it was painted. Milliseconds. */
function noteLines() {
  const lines = () => [...document.querySelectorAll("main [aria-label^='The story'] li")];
  const told: Told[] = [];
  (window as Watching).told = told;
  let known = lines().length;
  new MutationObserver(() => {
    const added = lines().slice(known);
    known += added.length;
    requestAnimationFrame(() => {
      for (const line of added) {
        const happened = line.querySelector("time")?.dateTime ?? "";
        told.push({ text: line.textContent, delay: Date.now() - Date.parse(happened) });
      }
    });
  }).observe(document.body, { subtree: true, childList: true });
}

test("what happens reaches the screen at once", async ({ page, stack }) => {
  const delays: number[] = [];
  for (let turn = 0; turn < 5; turn++) {
    const id = await waiting(stack);
    const params = { path: { deployment: id } };
    await page.goto(`/deployments/${id}`);
    await isLive(page);
    await expect(page).toHaveTitle(/running/);
    await page.evaluate(noteLines);
    good(await stack.api.http.POST("/api/v1/deployments/{deployment}/pause", { params, body: {} }));
    await expect(page).toHaveTitle(/paus/);
    good(await stack.api.http.POST("/api/v1/deployments/{deployment}/resume", { params, body: {} }));
    await expect(page).toHaveTitle(/running/);
    await takeBack(stack, id);
    await expect(page).toHaveTitle(/rolled back|cancelled/);
    const told = await page.evaluate(() => (window as Watching).told ?? []);
    expect(told.map(({ text }) => text).join()).toMatch(/pause.*asked to roll/i);
    delays.push(...told.map(({ delay }) => delay));
  }
  delays.sort((a, b) => a - b);
  console.log(`from each of ${delays.length} events to the screen, ms: ${delays.join(", ")}`);
  expect(delays[Math.floor(delays.length / 2)]).toBeLessThan(200);
  expect(delays.at(-1)).toBeLessThan(1000);
});

test("two tabs share one stream, and both follow", async ({ context, stack }) => {
  let streams = 0;
  context.on("request", (request) => {
    if (request.url().endsWith("/api/v1/changes")) streams++;
  });
  const tabs = [await context.newPage(), await context.newPage()];
  for (const tab of tabs) {
    await tab.goto(`/targets/${service}/dev`);
    await isLive(tab);
  }
  const id = await waiting(stack);
  for (const tab of tabs) await expect(tab.getByRole("region", { name: "Under way" })).toContainText("1.0.0");
  expect(streams).toBe(1);
  await takeBack(stack, id);
});

test("after the server was killed and came back, the page catches up by itself", async ({ page, stack }) => {
  await page.goto(`/targets/${service}/dev`);
  await isLive(page);
  await stack.killServer();
  await expect(page.getByText("reconnecting")).toBeVisible();
  await stack.startServer();
  const id = await waiting(stack);
  await isLive(page);
  await expect(page.getByRole("region", { name: "Under way" })).toContainText("1.0.0");
  await takeBack(stack, id);
  await expect(page.getByRole("region", { name: "Under way" })).toHaveCount(0);
});
