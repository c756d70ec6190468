import { test as base, type ConsoleMessage, expect, type Page } from "@playwright/test";
import { Stack } from "./stack";

type OfWorker<World> = { stack: Stack; world: World; signedIn: SessionOfBrowser };
type SessionOfBrowser = Awaited<ReturnType<ReturnType<Page["context"]>["storageState"]>>;
type OfTest = { complaints: string[] };

/** Tests on a stack of their own. It is built before the first of them, and ended after the last or after one that failed. */
export function onStack<World>(build: (stack: Stack) => Promise<World>) {
  return base.extend<OfTest, OfWorker<World>>({
    stack: [
      // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from the pattern
      async ({}, use) => {
        const stack = await Stack.start();
        try {
          await use(stack);
        } finally {
          await stack.end();
        }
      },
      { scope: "worker", timeout: 60_000 },
    ],
    world: [async ({ stack }, use) => use(await build(stack)), { scope: "worker", timeout: 120_000 }],
    // Signed in once, through the page for it.
    signedIn: [
      async ({ browser, stack, world: _ }, use) => {
        const page = await browser.newPage({ baseURL: stack.url });
        await signIn(page, stack.token);
        const state = await page.context().storageState();
        await page.close();
        await use(state);
      },
      { scope: "worker" },
    ],
    baseURL: async ({ stack }, use) => use(stack.url),
    storageState: async ({ signedIn }, use) => use(signedIn),
    /** What the browser complained about: must stay empty. */
    complaints: [
      async ({ page }, use) => {
        const complaints: string[] = [];
        page.on("console", (message) => {
          if (isComplaint(message)) complaints.push(`${page.url()}: ${message.text()}`);
        });
        page.on("pageerror", (error) => complaints.push(`${page.url()}: ${error.message}`));
        await use(complaints);
      },
      { auto: true },
    ],
  });
}

/** For `test.use`: a browser in which nobody has signed in. */
export const nobody = { storageState: { cookies: [], origins: [] } };

export async function signIn(page: Page, token: string): Promise<void> {
  await page.goto("/");
  await page.getByPlaceholder("slp_…").fill(token);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Overview" })).toBeVisible();
}

// Whoever is not signed in yet is told so by the server, and so is who asks for a verdict that is not there yet; that is no fault of the page.
function isComplaint(message: ConsoleMessage): boolean {
  const expected = (end: string, status: string) => message.location().url.endsWith(end) && message.text().includes(status);
  return message.type() === "error" && !expected("/api/v1/whoami", "401") && !expected("/verdict", "404");
}
