import { expect } from "@playwright/test";
import { isLive, service, takeBack, test, waiting } from "./stack/rehearsal";

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
