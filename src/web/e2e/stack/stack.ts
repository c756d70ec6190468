import type { ChildProcess } from "node:child_process";
import { mkdtempSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { Api, good } from "./api";
import { freePort } from "./ports";
import { Processes } from "./processes";
import { until } from "./until";

const web = fileURLToPath(new URL("../..", import.meta.url));
const programs = resolve(web, process.env.SLIPWAY_OUT ?? "../../out");
export const repository = resolve(web, "../..");

export type Joining = { name: string; environment: string; services: string[]; labels?: string[] };

/** A real server with a folder and a port of its own, real agents, and the real command line. */
export class Stack {
  readonly folder = realpathSync(mkdtempSync(join(tmpdir(), "slipway-web-")));
  readonly processes = new Processes(this.folder, {
    ...process.env,
    XDG_CONFIG_HOME: join(this.folder, "config"),
    SLIPWAY_SERVER: "",
    SLIPWAY_TOKEN: "",
  });
  url = "";
  token = "";
  private server?: ChildProcess;
  private builds = 0;

  static async start(options: { port?: number } = {}): Promise<Stack> {
    const stack = new Stack();
    try {
      stack.url = `http://127.0.0.1:${await freePort(options.port)}`;
      await stack.startServer();
      return stack;
    } catch (failed) {
      await stack.end();
      throw failed;
    }
  }

  get api(): Api {
    return new Api(this.url, this.token);
  }

  get serverPid(): number {
    return this.server?.pid ?? 0;
  }

  async startServer(): Promise<void> {
    const data = join(this.folder, "server");
    this.server = this.processes.start("server", join(programs, "slipway-server"), [
      "--urls",
      this.url,
      "--Slipway:DataDirectory",
      data,
    ]);
    await until(
      `the server is ready; it said:\n${this.folder}/server.log`,
      async () => (await fetch(`${this.url}/health/ready`)).ok,
    );
    this.token ||= readFileSync(join(data, "admin-token"), "utf8").trim();
  }

  /** As a machine that loses its power would. */
  async killServer(): Promise<void> {
    if (this.server) await this.processes.kill(this.server);
  }

  slipway(words: string[], cwd?: string): Promise<string> {
    return this.processes.run(join(programs, "slipway"), words, {
      cwd,
      env: { SLIPWAY_SERVER: this.url, SLIPWAY_TOKEN: this.token },
    });
  }

  /** Makes a version of the greeter (v1 and v2 are good, v3 fails every request) and publishes it as CI does. */
  async publish(service: string, version: string, kind: "v1" | "v2" | "v3"): Promise<void> {
    const build = join(this.folder, `build-${++this.builds}`);
    await this.processes.run(join(repository, "samples/greeter/make"), [kind, build]);
    await this.slipway(["publish", service, version, build, "--branch", "main"]);
  }

  /** Joins agents of one environment with one token, and lets them run. */
  async join(...joining: Joining[]): Promise<void> {
    for (const environment of new Set(joining.map((each) => each.environment))) {
      const members = joining.filter((each) => each.environment === environment);
      const made = good(
        await this.api.http.POST("/api/v1/joinTokens", {
          params: { header: { "Idempotency-Key": crypto.randomUUID() } },
          body: { environment, uses: members.length, expiresIn: "1h" },
        }),
      );
      for (const member of members) await this.joinWith(made.token, member);
    }
    await this.connected(joining.map(({ name }) => name));
  }

  /** What somebody does who pasted the line of the interface. */
  async runLine(line: string, name: string): Promise<ChildProcess> {
    const [program, ...words] = line.trim().split(/\s+/);
    if (program !== "slipway-agent") throw new Error(`Not a line for an agent: ${line}`);
    const data = join(this.folder, name);
    await this.processes.run(join(programs, program), [...words, "--data", data]);
    return this.processes.start(name, join(programs, program), ["run", "--data", data]);
  }

  async connected(names: string[]): Promise<void> {
    await until(`${names.join(", ")} are connected`, async () => {
      const { items } = good(
        await this.api.http.GET("/api/v1/instances", { params: { query: { connected: true, limit: 500 } } }),
      );
      return names.every((name) => items.some((each) => each.name === name));
    });
  }

  async end(): Promise<void> {
    await this.processes.endAll();
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }

  private async joinWith(token: string, { name, environment, services, labels = [] }: Joining): Promise<void> {
    const words = ["--server", this.url, "--token", token, "--environment", environment, "--name", name];
    for (const service of services) words.push("--service", service);
    for (const label of labels) words.push("--label", label);
    await this.runLine(["slipway-agent", "join", ...words].join(" "), name);
  }
}
