import { expect } from "@playwright/test";
import { test } from "./stack/team";

test("the palette leads to a deploy screen without the mouse", async ({ page }) => {
  await page.goto("/");
  await expect(page.getByRole("heading", { level: 1, name: "Overview" })).toBeVisible();
  await page.keyboard.press("Control+k");
  await expect(page.getByRole("textbox", { name: "Go to or deploy anything" })).toBeFocused();
  await page.keyboard.type("dep check stag");
  await expect(page.getByText("Deploy checkout to staging")).toBeVisible();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: "Deploy checkout to staging" })).toBeVisible();
});

test("the arrow keys go from cell to cell of the overview, and Enter opens the target", async ({ page }) => {
  await page.goto("/");
  const cell = (name: string) => page.getByRole("link", { name: new RegExp(`^${name}`) });
  await cell("checkout in dev").focus();
  await page.keyboard.press("ArrowRight");
  await expect(cell("checkout in staging")).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await expect(cell("mail in staging")).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: "mail in staging" })).toBeVisible();
});
