import { expect, type Page } from "@playwright/test";
import { test } from "./stack/team";

// A trace would be measured too.
test.use({ trace: "off" });

type Timed = Window & { usable?: Promise<number> };

/** Notes when the overview can be used: its first cell is painted, and the browser is free to answer. Milliseconds after the navigation began. */
function noteUsable() {
  (window as Timed).usable = new Promise((done) => {
    const look = () => {
      if (!document.querySelector("main table a[data-column]")) return requestAnimationFrame(look);
      return requestAnimationFrame(() => setTimeout(() => done(performance.now())));
    };
    requestAnimationFrame(look);
  });
}

const isUsable = (page: Page) => page.evaluate(() => (window as Timed).usable!);
const asked = (page: Page) =>
  page.evaluate(() => performance.getEntriesByType("resource").map(({ name }) => name.replace(location.origin, "")));

test("the first page can soon be used, with nothing in the cache", async ({ browser, signedIn, stack }) => {
  const taken: number[] = [];
  for (let turn = 0; turn < 5; turn++) {
    const context = await browser.newContext({ baseURL: stack.url, storageState: signedIn });
    const page = await context.newPage();
    await page.addInitScript(noteUsable);
    await page.goto("/", { waitUntil: "commit" });
    taken.push(await isUsable(page));

    const files = await asked(page);
    expect(files.filter((file) => file === "/api/v1/whoami")).toHaveLength(1);
    expect(files.filter((file) => /^\/assets\/index-.*\.js$/.test(file))).toHaveLength(1);
    await context.close();
  }
  taken.sort((a, b) => a - b);
  console.log(`first page, empty cache, ms until it can be used: ${taken.map((each) => each.toFixed(0)).join(", ")}`);

  // The bar is a second on a machine that has nothing else to do; the best of five shows a page that has become heavy also on one that has.
  expect(taken[0]).toBeLessThan(1500);
});
