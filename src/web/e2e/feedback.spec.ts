import { readFileSync } from "node:fs";
import { expect } from "@playwright/test";
import { test } from "./stack/team";

test("feedback is given on a screen, answered by an administrator, and exported", async ({ page }) => {
  const words = `I was looking for the button, run ${Date.now()}`;
  await page.goto("/targets/checkout/staging");
  await page.getByRole("button", { name: "Give feedback" }).click();
  await page.getByLabel("Your words").fill(words);
  await page.getByRole("button", { name: "Send" }).click();
  await expect(page.getByText("Thank you")).toBeVisible();

  await page.getByRole("link", { name: "Feedback" }).click();
  const item = page.getByRole("listitem").filter({ hasText: words });
  await expect(item.getByRole("link", { name: "/targets/checkout/staging" })).toBeVisible();
  await item.getByRole("button", { name: "Answer" }).click();
  await item.getByLabel("Answer").fill("It is at the top now.");
  await item.getByRole("button", { name: "Save the answer" }).click();
  await expect(item).toHaveCount(0);
  await page.getByText("All", { exact: true }).click();
  await expect(item).toContainText("It is at the top now.");

  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: "Export as CSV" }).click();
  const file = readFileSync(await (await download).path(), "utf8");
  expect(file).toContain(words);
  expect(file).toContain("It is at the top now.");
});

test("an answer that the server refuses comes back with the reason and what was written", async ({ page, stack }) => {
  const words = `The colours are loud, run ${Date.now()}`;
  await stack.api.http.POST("/api/v1/feedback", {
    params: { header: { "Idempotency-Key": crypto.randomUUID() } },
    body: { text: words, page: "/" },
  });
  await page.goto("/feedback");
  const item = page.getByRole("listitem").filter({ hasText: words });
  await page.route("**/answer", async (route) => {
    await expect(item).toHaveCount(0);
    await route.fulfill({ status: 409, json: { code: "conflict", detail: "Somebody else was quicker." } });
  });
  await item.getByRole("button", { name: "Answer" }).click();
  await item.getByLabel("Answer").fill("They will be softer.");
  await item.getByRole("button", { name: "Save the answer" }).click();
  await expect(item.getByRole("alert")).toContainText("Somebody else was quicker.");
  await expect(item.getByLabel("Answer")).toHaveValue("They will be softer.");
  await item.getByRole("button", { name: "Not now" }).click();
  await expect(item.getByRole("button", { name: "Answer", exact: true })).toBeVisible();
});
