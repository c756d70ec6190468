import { expect, type Page } from "@playwright/test";
import { expectColors } from "./stack/faces";
import { test } from "./stack/team";

type Dialog = { name: string; path: string; open: (page: Page) => Promise<void>; ready: RegExp };

const press = (name: string | RegExp) => (page: Page) => page.getByRole("button", { name }).first().click();

/** Everything that lies over a screen when somebody asks for it. */
const dialogs: Dialog[] = [
  { name: "palette", path: "/", open: search, ready: /checkout/ },
  { name: "feedback", path: "/", open: press("Give feedback"), ready: /Sent with the address/ },
  { name: "account menu", path: "/", open: press(/^Signed in as/), ready: /Sign out/ },
  { name: "config", path: "/targets/checkout/production", open: press(/^(Revision|No settings)/), ready: /Revision|No settings/ },
  { name: "hold", path: "/targets/mail/dev", open: press("Hold…"), ready: /are refused until the hold is lifted/ },
  { name: "lift", path: "/targets/checkout/production", open: press("Lift…"), ready: /Nothing is deployed at this moment/ },
  { name: "automatic", path: "/targets/mail/dev", open: press("Turn on…"), ready: /Every new version of this branch/ },
  { name: "restart", path: "/targets/mail/dev", open: press("Restart…"), ready: /2\.1\.0 stays/ },
  { name: "restart, typed", path: "/targets/checkout/production", open: press("Restart…"), ready: /Type checkout to go on/ },
  { name: "rollback", path: "/targets/mail/dev", open: press("Roll back…"), ready: /without canaries and soaks/ },
  { name: "instance", path: "/targets/checkout/production?instance=web-1", open: async () => {}, ready: /Output now/ },
  {
    name: "restart here",
    path: "/targets/mail/dev?instance=dev-1",
    open: press("Restart here…"),
    ready: /on this instance alone/,
  },
  { name: "pause", path: "watched", open: press("Pause"), ready: /waits until somebody resumes/ },
  { name: "take back", path: "watched", open: press("Roll back"), ready: /Reason/ },
  { name: "cancel", path: "watched", open: press("Cancel"), ready: /Cancel the deployment/ },
  { name: "failed instance", path: "failed", open: press(/^web-1/), ready: /Output now/ },
  { name: "new token", path: "/access", open: press("Make a token"), ready: /each includes the ones before it/ },
  { name: "token shown", path: "/access", open: makeToken, ready: /This is shown once/ },
  { name: "revoke", path: "/access", open: press(/^Revoke the token/), ready: /refused at once/ },
  { name: "join", path: "/instances?join=true", open: async () => {}, ready: /Make the line to run/ },
  { name: "line to join", path: "/instances?join=true", open: makeLine, ready: /Waiting for the first to join/ },
  { name: "environment", path: "/environments", open: press("Change dev"), ready: /Change dev|dev/ },
  { name: "remove environment", path: "/environments", open: press("Remove dev"), ready: /Remove/ },
];

async function search(page: Page) {
  await page.keyboard.press("Control+k");
  await page.getByRole("textbox", { name: "Go to or deploy anything" }).fill("check");
}

async function makeToken(page: Page) {
  await press("Make a token")(page);
  await page.getByLabel("Name").fill(`ci ${Date.now()}`);
  await press("Make the token")(page);
}

async function makeLine(page: Page) {
  const dialog = page.getByRole("dialog", { name: "Join an instance" });
  await dialog.getByRole("combobox", { name: "Environment" }).click();
  await page.getByRole("option", { name: "production" }).click();
  await dialog.getByRole("combobox", { name: "Services it runs" }).fill("checkout");
  await dialog.getByRole("button", { name: "Make the line to run" }).click();
}

test.use({ contextOptions: { reducedMotion: "reduce" } });

for (const { name, path, open, ready } of dialogs)
  test(`the dialog "${name}" can be read by everybody`, async ({ page, world, complaints }) => {
    await page.goto(path === "failed" || path === "watched" ? `/deployments/${world[path]}` : path);
    await expect(page.getByRole("heading", { level: 1 })).toBeAttached();
    await open(page);
    const shown = page.locator("[role=dialog], [role=menu]").last();
    await expect(shown.getByText(ready).first()).toBeVisible();
    await expect(shown.getByLabel("Loading")).toHaveCount(0);

    await expectColors(page);
    expect(await page.evaluate(() => document.activeElement?.closest("[role=dialog], [role=menu]") !== null)).toBe(true);
    expect(complaints).toEqual([]);
  });
