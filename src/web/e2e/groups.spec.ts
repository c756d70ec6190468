import { expect, type Page } from "@playwright/test";
import { good } from "./stack/api";
import { bakedService, Gate } from "./stack/gate";
import type { Stack } from "./stack/stack";
import { onStack } from "./stack/test";
import { apply } from "./stack/world";

const test = onStack(async (stack: Stack) => {
  const gate = await Gate.start(stack);
  await gate.make("applications/store", {}, "PUT");
  await stack.api.environment("production", { description: "What customers use" });
  return { gate };
});

const publish = async (stack: Stack, version: string) =>
  good(
    await stack.api.http.POST("/api/v1/services/{service}/versions", {
      params: { path: { service: "store" } },
      body: { version, branch: "main" },
    }),
  );

async function deploy(page: Page, version: string) {
  await page.goto("/targets/store/production");
  await page.getByRole("link", { name: "Deploy", exact: true }).click();
  await page.getByRole("radio", { name: version }).check();
  await page.getByRole("button", { name: `Deploy ${version} to production` }).click();
  await expect(page.getByRole("heading", { level: 1, name: `store ${version} → production` })).toBeVisible();
}

/** At rest a target is looked at every half a minute: what was seen last may be from shortly before the end. */
const nextLook = { timeout: 45_000 };

const groupsIn = (page: Page, location: string) => page.getByRole("region", { name: location }).getByRole("article");

test("from a wrong address to a version that serves, and a bad one that is taken back, by clicks alone", async ({
  page,
  stack,
  world: { gate },
}) => {
  test.setTimeout(240_000);

  await test.step("a wrong address is diagnosed where it was typed", async () => {
    await page.goto("/");
    await page.getByRole("link", { name: "Connections" }).click();
    await expect(page.getByText("Nothing is connected yet")).toBeVisible();
    await page.getByRole("button", { name: "New connection" }).click();
    const form = page.getByRole("dialog", { name: "New connection" });
    await form.getByRole("button", { name: "Save and test" }).click();
    await expect(form.getByText("This is needed.")).toHaveCount(2);
    await form.getByLabel("Name").fill("main");
    await form.getByLabel("Gate").fill("http://127.0.0.1:9");
    await form.getByRole("button", { name: "Save and test" }).click();
    const diagnosis = form.getByRole("region", { name: "Diagnosis" });
    await expect(diagnosis).toContainText("It does not work yet.");
    await expect(diagnosis.getByRole("listitem")).toContainText("Look whether the address and port are right");
  });

  await test.step("the right one works", async () => {
    const form = page.getByRole("dialog", { name: "New connection" });
    await form.getByLabel("Gate").fill(gate.url);
    await form.getByLabel("Deck").fill("https://deck.example.com");
    await form.getByLabel("Interval").fill("500ms");
    await form.getByRole("button", { name: "Save and test" }).click();
    await expect(form.getByText("It works.")).toBeVisible();
    await expect(form.getByRole("region", { name: "Diagnosis" }).getByRole("listitem")).toHaveCount(3);
    await form.getByRole("button", { name: "Done" }).click();
    await expect(page.getByRole("region", { name: "main" })).toContainText(gate.url);
  });

  await test.step("a version is deployed, and asks before instances are made", async () => {
    await apply(stack, bakedService("store", `  approval: { text: "Has Ann looked at it?", choices: [looks good, as it is] }\n`));
    await publish(stack, "1.0.0");
    await deploy(page, "1.0.0");
    const question = page.getByRole("region", { name: "Has Ann looked at it?" });
    await expect(question).toBeVisible({ timeout: 30_000 });
    await expect(page).toHaveTitle(/waits for an answer/);
    await expect(page.getByRole("button", { name: "Bake done" })).toHaveAttribute("aria-expanded", "false");
    await expect(question.getByRole("button", { name: "Approve" })).toHaveAttribute("aria-disabled", "true");
    await question.getByText("looks good").click();
    await question.getByLabel(/^Reason/).fill("On staging, yesterday");
    await question.getByRole("button", { name: "Approve" }).click();
    await expect(question).toHaveCount(0);
  });

  await test.step("its steps are told, and it serves", async () => {
    await expect(page).toHaveTitle(/succeeded/, { timeout: 40_000 });
    await expect(page.getByText("approved with looks good")).toContainText("“On staging, yesterday”");
    await page.getByRole("button", { name: /^Deploy done/ }).click();
    await expect(page.getByRole("list", { name: "Steps of Deploy" })).toContainText("Deploy in us-east-1");
    await expect(page.getByRole("link", { name: /^Execution in Spinnaker/ })).toHaveAttribute(
      "href",
      /^https:\/\/deck\.example\.com\//,
    );
    await expect(groupsIn(page, "prod us-east-1")).toContainText(["1.0.0"], nextLook);
    await expect(groupsIn(page, "prod eu-west-1")).toContainText(["gets traffic"], nextLook);
    await expect(
      groupsIn(page, "prod us-east-1")
        .getByRole("list", { name: /^Instances of/ })
        .getByRole("listitem"),
    ).toHaveCount(3);
  });

  await test.step("the next one stands beside it while traffic moves", async () => {
    await apply(stack, bakedService("store"));
    await publish(stack, "2.0.0");
    await page.goto("/targets/store/production/deploy?version=2.0.0");
    await page.getByRole("button", { name: "Strategy" }).click();
    await page.getByText("Red/black", { exact: true }).click();
    await page.getByLabel("Both serve for").fill("8m");
    await expect(page.getByText("keep both for 8m")).toBeVisible();
    await page.getByRole("button", { name: "Deploy 2.0.0 to production" }).click();
    await page.getByRole("link", { name: "store in production" }).click();
    const place = page.getByRole("region", { name: "prod us-east-1" });
    await expect(place.getByText("Traffic: 50 % 2.0.0, 50 % 1.0.0")).toBeVisible({ timeout: 40_000 });
    await expect(groupsIn(page, "prod us-east-1")).toContainText(["gets traffic · 50 %", "gets traffic · 50 %"]);
    await expect(place.getByText("Traffic: 100 % 2.0.0")).toBeVisible({ timeout: 40_000 });
    await expect(groupsIn(page, "prod us-east-1")).toContainText(["gets traffic", "ready for the way back"], nextLook);
  });

  await test.step("a bad one is taken back, and what served serves", async () => {
    await gate.make("faults", { failStage: { stage: "createServerGroup", errors: ["The quota of instances is used up"] } });
    await publish(stack, "3.0.0");
    await deploy(page, "3.0.0");
    await expect(page).toHaveTitle(/rolled back|failed/, { timeout: 60_000 });
    await expect(page.getByRole("region", { name: /^It failed in/ })).toContainText("The quota of instances is used up");
    await gate.make("faults", {}, "DELETE");
    await expect.poll(async () => (await stack.api.target("store", "production")).version).toBe("2.0.0");
    await expect(page.getByRole("region", { name: "prod us-east-1" }).getByText("Traffic: 100 % 2.0.0")).toBeVisible(nextLook);
  });

  await test.step("a change behind the back shows as drift, on the target and on the overview", async () => {
    await gate.make("serverGroups/prod/us-east-1/store-production-v001/disable");
    await page.goto("/targets/store/production");
    await expect(page.getByText(/us-east-1: nothing serves, although 2\.0\.0 should/)).toBeVisible({ timeout: 60_000 });
    await page.getByRole("link", { name: "Overview" }).first().click();
    await expect(page.getByRole("link", { name: /^store in production/ })).toHaveAttribute("title", /nothing serves/);
  });
});
