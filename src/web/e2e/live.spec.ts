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

type Watched = Window & { seen?: Promise<number> };

/** From now on the page notes when these words come. */
function watchFor(words: string) {
  (window as Watched).seen = new Promise((seen) => {
    new MutationObserver((_, observer) => {
      if (!document.querySelector("main")?.textContent?.includes(words)) return;
      observer.disconnect();
      seen(Date.now());
    }).observe(document.body, { subtree: true, childList: true, characterData: true });
  });
}

test("what happens reaches the screen at once", async ({ page, stack }) => {
  const delays: number[] = [];
  for (let turn = 0; turn < 5; turn++) {
    const id = await waiting(stack);
    await page.goto(`/deployments/${id}`);
    await isLive(page);
    await expect(page).toHaveTitle(/running/);
    await page.evaluate(watchFor, "asked to roll");
    await takeBack(stack, id);
    const at = await page.evaluate(() => (window as Watched).seen);
    const { items } = good(
      await stack.api.http.GET("/api/v1/deployments/{deployment}/events", { params: { path: { deployment: id } } }),
    );
    const event = items.find(({ type }) => type === "rollbackRequested");
    delays.push(at! - Date.parse(event!.time));
  }
  delays.sort((a, b) => a - b);
  console.log(`from the event to the screen, ms: ${delays.join(", ")}`);
  expect(delays[2]).toBeLessThan(1000);
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
