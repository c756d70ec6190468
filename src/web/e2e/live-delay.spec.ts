import { expect } from "@playwright/test";
import { good } from "./stack/api";
import { isLive, takeBack, test, waiting } from "./stack/rehearsal";

// A trace takes a picture of the page at every step, and would be measured too.
test.use({ trace: "off" });

type Told = { text: string; delay: number };
type Watching = Window & { told?: Told[] };

/** From now on the page notes for each line of the story how long after its event it was painted. Milliseconds. */
function noteLines() {
  const lines = () => [...document.querySelectorAll("main [aria-label^='The story'] li")];
  const told: Told[] = [];
  (window as Watching).told = told;
  let known = lines().length;
  new MutationObserver(() => {
    const added = lines().slice(known);
    known += added.length;
    requestAnimationFrame(() => {
      for (const line of added) {
        const happened = line.querySelector("time")?.dateTime ?? "";
        told.push({ text: line.textContent, delay: Date.now() - Date.parse(happened) });
      }
    });
  }).observe(document.body, { subtree: true, childList: true });
}

test("what happens reaches the screen at once", async ({ page, stack }) => {
  const delays: number[] = [];
  for (let turn = 0; turn < 5; turn++) {
    const id = await waiting(stack);
    const params = { path: { deployment: id } };
    await page.goto(`/deployments/${id}`);
    await isLive(page);
    await expect(page).toHaveTitle(/running/);
    await expect(page.getByLabel(/^The story/)).toContainText("Wait: waiting");
    await page.evaluate(noteLines);
    good(await stack.api.http.POST("/api/v1/deployments/{deployment}/pause", { params, body: {} }));
    await expect(page).toHaveTitle(/paus/);
    good(await stack.api.http.POST("/api/v1/deployments/{deployment}/resume", { params, body: {} }));
    await expect(page).toHaveTitle(/running/);
    await takeBack(stack, id);
    await expect(page).toHaveTitle(/rolled back|cancelled/);
    const told = await page.evaluate(() => (window as Watching).told ?? []);
    expect(told.map(({ text }) => text).join()).toMatch(/pause.*asked to roll/i);
    delays.push(...told.map(({ delay }) => delay));
  }
  delays.sort((a, b) => a - b);
  console.log(`from each of ${delays.length} events to the screen, ms: ${delays.join(", ")}`);
  expect(delays[Math.floor(delays.length / 2)]).toBeLessThan(200);
  expect(delays.at(-1)).toBeLessThan(1000);
});
