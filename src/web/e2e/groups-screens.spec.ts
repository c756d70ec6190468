import { expect } from "@playwright/test";
import { expectColors, expectReadable, look } from "./stack/faces";
import { screens, test } from "./stack/store";

test.use({ colorScheme: "light", contextOptions: { reducedMotion: "reduce" } });

for (const { name } of screens({ moving: "", asking: "" }))
  test(`${name} can be read by everybody`, async ({ page, world, complaints }) => {
    await look(page, screens(world).find((each) => each.name === name)!);
    await expectReadable(page);
    expect(complaints).toEqual([]);
  });

test("the form of a connection and its diagnosis can be read by everybody", async ({ page }) => {
  await page.goto("/connections");
  await page.getByRole("button", { name: "Change main" }).click();
  const form = page.getByRole("dialog", { name: "Change main" });
  await form.getByRole("combobox", { name: "Authentication" }).click();
  await page.getByRole("option", { name: "basic" }).click();
  await expect(form.getByLabel("Password", { exact: true })).toBeVisible();
  await expectColors(page);
  await form.getByRole("button", { name: "Not now" }).click();
  await page.getByRole("button", { name: "Test main" }).click();
  await expect(page.getByText("It works.")).toBeVisible();
  await page.getByRole("button", { name: "Delete main" }).click();
  await expect(page.getByRole("dialog")).toContainText("basket and store deploy through it");
  await expectReadable(page);
});

test("an answer is given without the mouse", async ({ page, world, stack }) => {
  await page.goto(`/deployments/${world.asking}`);
  const question = page.getByRole("region", { name: /Is the page of the campaign/ });
  await expect(question).toContainText("only shop-leads may answer");
  await question.getByRole("radio", { name: "looks good" }).focus();
  await page.keyboard.press("Space");
  await page.keyboard.press("Tab");
  await expect(question.getByLabel(/^Reason/)).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(question.getByRole("button", { name: "Reject" })).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(question.getByRole("button", { name: "Approve" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(question).toHaveCount(0);
  await expect(page.getByText("approved with looks good")).toBeVisible();
  await expect(page.getByText(/ approved “Approve”/)).toBeVisible();
  const { stages } = await stack.api.deployment(world.asking);
  expect(stages.find(({ answer }) => answer)?.answer).toMatchObject({ approved: true, choice: "looks good" });
});

test("the steps of a stage open and close from the keyboard", async ({ page, world }) => {
  await page.goto(`/deployments/${world.moving}`);
  const fold = page.getByRole("button", { name: /^Deploy running/ });
  await expect(fold).toHaveAttribute("aria-expanded", "true");
  await fold.focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("list", { name: "Steps of Deploy", exact: true })).toHaveCount(0);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("list", { name: "Steps of Deploy", exact: true })).toBeVisible();
});
