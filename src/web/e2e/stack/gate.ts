import { join } from "node:path";
import type { PutConnection } from "../../src/api/schema";
import { good } from "./api";
import { repository, type Stack } from "./stack";
import { until } from "./until";

const program = join(repository, "tests/FakeGate/bin/Release/net10.0/slipway-fakegate.dll");

/** The double of a system that deploys for Slipway, as a process of its own: stateful, quick, and with faults on request. */
export class Gate {
  private constructor(readonly url: string) {}

  /** @param speed How many times shorter everything takes. */
  static async start(stack: Stack, speed = 60): Promise<Gate> {
    stack.processes.start("gate", "dotnet", [program, "--urls", "http://127.0.0.1:0", "--speed", `${speed}`]);
    const url = await until(
      `the gate answers; it said:\n${stack.folder}/gate.log`,
      async () => /Gate on (\S+?)\/?\s/.exec(stack.processes.log("gate"))?.[1],
    );
    return new Gate(url);
  }

  /** Something behind its scenes: an application, a fault, a change that nobody told Slipway of. */
  async make(path: string, body: object = {}, method = "POST"): Promise<void> {
    const answer = await fetch(`${this.url}/_fake/${path}`, {
      method,
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  }

  /** Instances of packages that match never get up. */
  neverUp(pattern: string): Promise<void> {
    return this.make("neverUp", { pattern });
  }

  /** What a connection to it says. */
  get values(): Record<string, string> {
    return { gate: this.url, deck: "https://deck.example.com", interval: "500ms" };
  }
}

/** Connects as an administrator does. */
export async function connect(stack: Stack, name: string, values: Record<string, string>, secrets: Record<string, string> = {}) {
  const body: PutConnection = { type: "spinnaker", values, secrets };
  good(await stack.api.http.PUT("/api/v1/connections/{name}", { params: { path: { name } }, body }));
}

/** A service whose instances come and go in groups. `more`: lines under settings. */
export function bakedService(service: string, more = ""): string {
  return `service: ${service}
type: spinnaker
description: Where people look before they buy
team: shop
settings:
  spinnaker: main
  account: prod
  regions: [us-east-1, eu-west-1]
  capacity: { min: 2, max: 6, desired: 3 }
${more}environments:
  staging: { settings: { account: test } }
  production: {}
`;
}
