import { expect } from "@playwright/test";
import { good } from "./stack/api";
import { test } from "./stack/team";
import { nobody, signIn } from "./stack/test";

test("a token that may only read sees everything, and each button says what is missing", async ({ browser, stack }) => {
  const { secret } = good(
    await stack.api.http.POST("/api/v1/tokens", {
      params: { header: { "Idempotency-Key": crypto.randomUUID() } },
      body: { name: "wall", scope: "read" },
    }),
  );
  const page = await browser.newPage({ baseURL: stack.url, ...nobody });
  await signIn(page, secret);
  await page.goto("/targets/checkout/production");
  await expect(page.getByText("web-1").first()).toBeVisible();
  for (const name of ["Restart…", "Roll back…", "Lift…", "Turn on…"]) {
    const button = page.getByRole("button", { name });
    await expect(button).toHaveAttribute("aria-disabled", "true");
    await button.focus();
    await expect(page.getByRole("tooltip")).toContainText('Needs the scope deploy; the token "wall" has read.');
    await button.blur();
    await expect(page.getByRole("tooltip")).toHaveCount(0);
  }
  await page.close();
});

test("an environment that asks for it is deployed to only after the service's name was typed", async ({ page }) => {
  await page.goto("/targets/checkout/production/deploy?version=1.9.0");
  const button = page.getByRole("button", { name: "Deploy 1.9.0 to production" });
  await expect(button).toHaveAttribute("aria-disabled", "true");
  await page.getByLabel("Type checkout to go on").fill("checkou");
  await expect(button).toHaveAttribute("aria-disabled", "true");
  await page.getByLabel("Type checkout to go on").fill("checkout");
  await expect(button).toBeEnabled();
  await expect(button).not.toHaveAttribute("aria-disabled", "true");
});

test("a wrong token is refused in words, and whoever signs out is out", async ({ browser, stack }) => {
  const page = await browser.newPage({ baseURL: stack.url, ...nobody });
  await page.goto("/deployments");
  await page.getByPlaceholder("slp_…").fill("slp_nobody_0123456789");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("alert")).toContainText(/token/i);

  await page.getByPlaceholder("slp_…").fill(stack.token);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Deployments" })).toBeVisible();

  await page.getByRole("button", { name: /^Signed in as/ }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await expect(page.getByRole("button", { name: "Sign in" })).toBeVisible();
  await page.goto("/deployments");
  await expect(page.getByRole("button", { name: "Sign in" })).toBeVisible();
  await page.close();
});
