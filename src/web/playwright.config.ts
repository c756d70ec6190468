import { defineConfig } from "@playwright/test";

// `npx playwright test` proves the interface in a real browser against the real programs; docs/screenshots photographs it with the same stack.
const pictures = process.env.SLIPWAY_PICTURES !== undefined;

export default defineConfig({
  testDir: "e2e",
  testMatch: pictures ? "pictures/*.ts" : "**/*.spec.ts",
  outputDir: "test-results",
  workers: 1,
  fullyParallel: false,
  forbidOnly: true,
  timeout: pictures ? 600_000 : 60_000,
  expect: { timeout: 15_000 },
  reporter: [["list"], ...(process.env.SLIPWAY_REPORT ? [["junit", { outputFile: process.env.SLIPWAY_REPORT }] as const] : [])],
  use: {
    browserName: "chromium",
    viewport: { width: 1280, height: 800 },
    locale: "en-GB",
    // Costs a third of the time, so only for whoever looks for something.
    trace: process.env.SLIPWAY_TRACE ? "retain-on-failure" : "off",
    actionTimeout: 15_000,
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-default-apps",
        "--disable-sync",
        "--no-first-run",
        // What is measured must not wait because another window lies above.
        "--disable-background-timer-throttling",
        "--disable-renderer-backgrounding",
        "--disable-backgrounding-occluded-windows",
      ],
    },
  },
});
