import { expect, type Page } from "@playwright/test";
import { good } from "./api";
import type { Stack } from "./stack";
import { onStack } from "./test";
import { until } from "./until";
import { apply } from "./world";

export const service = "rehearsal";

/** A service that only rehearses: its one stage waits for an hour. */
export const test = onStack(async (stack: Stack) => {
  await stack.api.environment("dev");
  await apply(stack, `service: ${service}\ntype: scripted\nsettings: { stages: [ { name: wait, answers: ["waiting: 1h"] } ] }\n`);
  for (const version of ["1.0.0", "1.1.0"])
    good(await stack.api.http.POST("/api/v1/services/{service}/versions", { params: { path: { service } }, body: { version } }));
});

export const isLive = (page: Page) => expect(page.locator("[data-connection=live]")).toBeVisible();

export async function waiting(stack: Stack) {
  const { id } = await stack.api.deploy({ service, environment: "dev", version: "1.0.0" });
  await until("the stage runs", async () => (await stack.api.deployment(id)).stages.some(({ status }) => status === "running"));
  return id;
}

/** Ends it without waiting for its stage. */
export const takeBack = async (stack: Stack, id: string) => {
  const params = { path: { deployment: id } };
  good(await stack.api.http.POST("/api/v1/deployments/{deployment}/rollback", { params, body: {} }));
  await until("it ends", async () => (await stack.api.deployment(id)).finishedAt != null);
};
