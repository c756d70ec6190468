import type { Stack } from "./stack";
import { onStack } from "./test";
import { canary, fail, live, type Plot, publishTold } from "./world";

const plots: Plot[] = [
  {
    service: "checkout",
    team: "payments",
    description: "Takes the order and the money",
    versions: ["1.8.0", "1.8.1", "1.9.0"],
    reached: { dev: [1, 2], staging: [1, 2], production: [0, 1] },
    messages: ["Round once, at the end", "Ask for the card's name again", "Say why a card was refused"],
  },
  {
    service: "search",
    team: "shop",
    description: "Finds what people look for",
    versions: ["4.1.0", "4.2.0"],
    reached: { dev: [1], staging: [1], production: [0] },
    messages: ["Faster for long names", "Forgive one wrong letter"],
  },
  {
    service: "mail",
    team: "shop",
    description: "Sends what people were promised",
    versions: ["2.0.0", "2.1.0"],
    reached: { dev: [0, 1], staging: [0] },
    messages: ["Plain text beside the pretty one", "Try again after an hour"],
  },
];

const services = plots.map(({ service }) => service);

async function build(stack: Stack) {
  await stack.api.environment("dev", { description: "Every commit" });
  await stack.api.environment("staging", { description: "What goes out next" });
  await stack.api.environment("production", { description: "What customers use", confirm: true });
  await live(stack, plots, [
    { name: "dev-1", environment: "dev", services },
    { name: "staging-1", environment: "staging", services, labels: ["zone=a"] },
    { name: "web-1", environment: "production", services: ["checkout", "search"], labels: ["zone=a"] },
    { name: "web-2", environment: "production", services: ["checkout", "search"], labels: ["zone=b"] },
    { name: "web-3", environment: "production", services: ["checkout", "search"], labels: ["zone=c"] },
  ]);
  const [failed, watched] = await Promise.all([
    fail(stack, "checkout", "1.9.1", "production"),
    canary(stack, "search", "4.2.0", "production"),
  ]);
  await publishTold(stack, "mail", "2.2.0");
  return { failed: failed.id, watched: watched.id };
}

/** Three services of two teams in three environments, one bad version that was taken back, and one canary that is being watched. */
export const test = onStack(build);
