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
