import { expect, type Page } from "@playwright/test";
import { test } from "./stack/team";
import { canary } from "./stack/world";

const confirm = (page: Page, action: string) => page.getByRole("dialog").getByRole("button", { name: action }).click();

test("a running deployment is paused, resumed and taken back", async ({ page, stack }) => {
  const { id } = await canary(stack, "mail", "2.1.0", "staging");
  await page.goto(`/deployments/${id}`);

  await page.getByRole("button", { name: "Pause" }).click();
  await expect(page.getByRole("dialog")).toContainText("It waits until somebody resumes, cancels or rolls it back.");
  await confirm(page, "Pause");
  await expect(page).toHaveTitle(/paused/);

  await page.getByRole("button", { name: "Resume" }).click();
  await confirm(page, "Resume");
  await expect(page).toHaveTitle(/running/);

  await page.getByRole("button", { name: "Roll back" }).click();
  await page
    .getByRole("dialog")
    .getByLabel(/^Reason/)
    .fill("Customers complain");
  await confirm(page, "Roll back");
  await expect(page).toHaveTitle(/rolled back/);
  await expect(page.getByRole("main")).toContainText("Customers complain");
  expect(await stack.api.target("mail", "staging")).toMatchObject({ version: "2.0.0" });
});

test("a running deployment is cancelled", async ({ page, stack }) => {
  const { id } = await canary(stack, "mail", "2.1.0", "staging");
  await page.goto(`/deployments/${id}`);
  await page.getByRole("button", { name: "Cancel" }).click();
  await confirm(page, "Cancel the deployment");
  await expect(page).toHaveTitle(/cancelled/);
});

test("a service is restarted and the same version runs on", async ({ page }) => {
  await page.goto("/targets/mail/dev");
  await page.getByRole("button", { name: "Restart…" }).click();
  await expect(page.getByRole("dialog")).toContainText("2.1.0 stays");
  await confirm(page, "Restart");
  await expect(page).toHaveTitle(/succeeded/);
});

test("automatic deployment is turned on and off", async ({ page, stack }) => {
  await page.goto("/targets/mail/dev");
  await page.getByRole("button", { name: "Turn on…" }).click();
  await page.getByRole("dialog").getByLabel("Branch").fill("release");
  await confirm(page, "Turn on");
  await expect(page.getByText("Every new version of release is deployed")).toBeVisible();
  await expect.poll(async () => (await stack.api.target("mail", "dev")).autoDeploy).toMatchObject({ branch: "release" });

  await page.getByRole("button", { name: "Turn off…" }).click();
  await confirm(page, "Turn off");
  await expect(page.getByText("Only people and CI deploy here.")).toBeVisible();
});

test("a target is held for a reason, and the hold is lifted", async ({ page }) => {
  await page.goto("/targets/mail/dev");
  await page.getByRole("button", { name: "Hold…" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByRole("button", { name: "Hold", exact: true })).toBeDisabled();
  await dialog.getByLabel(/^Reason/).fill("The fair is on");
  await dialog.getByRole("button", { name: "Hold", exact: true }).click();
  await expect(dialog).toHaveCount(0);
  await expect(page.getByText("The fair is on")).toBeVisible();

  await page.getByRole("button", { name: "Lift…" }).click();
  await confirm(page, "Lift the hold");
  await expect(page.getByText("Nothing is refused.")).toBeVisible();
});

test("a hold that the server refuses is taken back, with the reason and what was typed", async ({ page }) => {
  await page.goto("/targets/mail/dev");
  await page.route("**/hold", async (route) => {
    await expect(page.getByText("The fair is on —")).toBeVisible();
    await route.fulfill({ status: 409, json: { code: "conflict", detail: "Somebody else was quicker." } });
  });
  await page.getByRole("button", { name: "Hold…" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel(/^Reason/).fill("The fair is on");
  await dialog.getByRole("button", { name: "Hold", exact: true }).click();
  await expect(dialog.getByRole("alert")).toContainText("Somebody else was quicker.");
  await expect(dialog.getByLabel(/^Reason/)).toHaveValue("The fair is on");
  await expect(page.getByText("Nothing is refused.")).toBeVisible();
});
