import { expect, type Page } from "@playwright/test";
import { good } from "./api";
import { bakedService, connect, Gate } from "./gate";
import type { Screen } from "./screens";
import type { Stack } from "./stack";
import { onStack } from "./test";
import { until } from "./until";
import { apply } from "./world";

/** How long the groups of a red/black stay side by side, in the gate's time: longer than anybody looks. */
const sideBySide = "20h";

async function build(stack: Stack) {
  const gate = await Gate.start(stack);
  for (const service of ["store", "basket"]) await gate.make(`applications/${service}`, {}, "PUT");
  await stack.api.environment("staging", { description: "What goes out next", order: 1 });
  await stack.api.environment("production", { description: "What customers use", order: 2 });
  await connect(stack, "main", gate.values);
  await connect(
    stack,
    "lab",
    { gate: "https://gate.lab.example.com", authentication: "basic", user: "slipway" },
    { password: "kept and never shown" },
  );
  await apply(stack, bakedService("store"));
  await apply(
    stack,
    bakedService(
      "basket",
      '  approval: { text: "Is the page of the campaign as it should be on staging?", choices: [looks good, good enough], roles: [shop-leads] }\n',
    ),
  );
  for (const version of ["4.1.0", "4.2.0"]) await publish(stack, "store", version);
  await publish(stack, "basket", "2.0.0");

  const before = await stack.api.deployed({ service: "store", environment: "production", version: "4.1.0" });
  if (before.status !== "succeeded") throw new Error(`store 4.1.0: ${before.status}, ${before.failure?.reason}`);
  const [moving, asking] = await Promise.all([
    stack.api.deploy({
      service: "store",
      environment: "production",
      version: "4.2.0",
      strategy: { kind: "redBlack", wait: sideBySide } as never,
    }),
    stack.api.deploy({ service: "basket", environment: "production", version: "2.0.0", reason: "The campaign starts at noon" }),
  ]);
  await until("both versions of the store serve", async () => {
    const { groups = [] } = good(
      await stack.api.http.GET("/api/v1/targets/{service}/{environment}/groups", {
        params: { path: { service: "store", environment: "production" } },
      }),
    );
    return groups.length === 4 && groups.every(({ serving, health }) => serving && health.up === 3);
  });
  await until("the basket waits for an answer", async () =>
    (await stack.api.deployment(asking.id)).stages.some(({ question }) => question),
  );
  return { gate, moving: moving.id, asking: asking.id };
}

const publish = async (stack: Stack, service: string, version: string) =>
  good(
    await stack.api.http.POST("/api/v1/services/{service}/versions", {
      params: { path: { service } },
      body: { version, branch: "main", commits: [], buildUrl: `https://ci.example.com/${service}/${version}` },
    }),
  );

/** Two services whose instances come and go in groups: one whose traffic is moving, and one that waits for a person. */
export const test = onStack(build);

const bothServe = /Traffic: 50 % 4\.2\.0, 50 % 4\.1\.0/;

export function screens({ moving, asking }: { moving: string; asking: string }): Screen[] {
  return [
    { name: "target-groups", path: "/targets/store/production", ready: bothServe, act: toTheGroups },
    { name: "deployment-groups", path: `/deployments/${moving}`, ready: bothServe },
    { name: "deployment-approval", path: `/deployments/${asking}`, ready: /Is the page of the campaign/ },
    { name: "deploy-groups", path: "/targets/store/production/deploy?version=4.1.0", ready: /Make everything anew/ },
    { name: "connections", path: "/connections", ready: /deck\.example\.com/, act: tryIt },
  ];
}

/** To the top, below the head that stays. */
async function toTheGroups(page: Page) {
  await page
    .getByRole("region", { name: "Groups of instances" })
    .evaluate((groups) => scrollTo(0, groups.getBoundingClientRect().top + scrollY - 68));
}

async function tryIt(page: Page) {
  await page.getByRole("button", { name: "Test main" }).click();
  await expect(page.getByText("It works.")).toBeVisible();
}
