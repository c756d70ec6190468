import { join } from "node:path";
import { expect } from "@playwright/test";
import { repository, type Stack } from "./stack/stack";
import { onStack } from "./stack/test";

const test = onStack(async (stack: Stack) => stack.api.environment("production", { description: "What customers use" }));

test("from an empty server to a bad version that was taken back, by clicks alone", async ({ page, stack }) => {
  test.setTimeout(120_000);
  const step = (title: string) => page.getByRole("listitem").filter({ hasText: title });

  await test.step("the empty server greets with three steps", async () => {
    await page.goto("/");
    await expect(page.getByRole("heading", { name: "Three steps to the first deployment" })).toBeVisible();
    await expect(page.getByText("done", { exact: true })).toHaveCount(0);
  });

  await test.step("CI describes the service, and the step is ticked by itself", async () => {
    await stack.slipway(["apply", "-f", join(repository, "samples/greeter/slipway.yaml")]);
    await expect(step("Describe a service").getByText("done")).toBeVisible();
  });

  await test.step("the line to join is made here and run on two machines", async () => {
    await page.getByRole("link", { name: "Make a line to paste there" }).click();
    const dialog = page.getByRole("dialog", { name: "Join an instance" });
    await dialog.getByRole("combobox", { name: "Environment" }).click();
    await page.getByRole("option", { name: "production" }).click();
    await dialog.getByRole("combobox", { name: "Services it runs" }).fill("greeter");
    await dialog.getByRole("textbox", { name: "How many instances" }).fill("2");
    await dialog.getByRole("button", { name: "Make the line to run" }).click();
    const line = await dialog.getByText("slipway-agent join").textContent();
    await Promise.all([1, 2].map((number) => stack.runLine(`${line} --name web-${number}`, `web-${number}`)));
    await expect(dialog.getByText("web-1 has joined and is connected.")).toBeVisible();
    await expect(dialog.getByText("web-2 has joined and is connected.")).toBeVisible();
    await dialog.getByRole("button", { name: "Done" }).click();
    await page.getByRole("link", { name: "Overview" }).click();
    await expect(step("Join an instance").getByText("done")).toBeVisible();
  });

  const deploy = async (version: string) => {
    await page.getByRole("link", { name: "Overview" }).click();
    await page.getByRole("link", { name: /^greeter in production/ }).click();
    await page.getByRole("link", { name: "Deploy", exact: true }).click();
    await page.getByRole("radio", { name: new RegExp(`^${version}`) }).check();
    await page.getByRole("button", { name: `Deploy ${version} to production` }).click();
    await expect(page.getByRole("heading", { level: 1, name: `greeter ${version} → production` })).toBeVisible();
  };

  await test.step("the first version is deployed from the deploy screen", async () => {
    await stack.publish("greeter", "v1", "v1");
    await deploy("v1");
    await expect(page.getByRole("main").getByText("succeeded").first()).toBeVisible({ timeout: 30_000 });
    await page.getByRole("link", { name: "Overview" }).click();
    await expect(page.getByText("Three steps to the first deployment")).toHaveCount(0);
    await expect(page.getByRole("link", { name: /^greeter in production/ })).toContainText("2/2");
  });

  await test.step("so is the second", async () => {
    await stack.publish("greeter", "v2", "v2");
    await deploy("v2");
    await expect(page).toHaveTitle(/succeeded/, { timeout: 30_000 });
  });

  await test.step("the bad one fails at its first instance, says why, and is taken back", async () => {
    await stack.publish("greeter", "v3", "v3");
    await deploy("v3");
    await expect(page).toHaveTitle(/rolled back/, { timeout: 45_000 });
    const cause = page.getByRole("region", { name: /It failed in .* and was rolled back/ });
    await expect(cause).toContainText("names is not defined");
    await expect(cause).toContainText(/What is different about web-[12]/);
    await expect(page.getByText("The target is on hold")).toBeVisible();
    const target = await stack.api.target("greeter", "production");
    expect(target).toMatchObject({ version: "v2", runningVersions: { v2: 2 } });
  });

  await test.step("somebody lifts the hold", async () => {
    await page.getByRole("button", { name: "Lift the hold" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Lift the hold" }).click();
    await expect(page.getByText("The target is on hold")).toHaveCount(0);
    await expect.poll(async () => (await stack.api.target("greeter", "production")).hold ?? null).toBeNull();
  });
});
