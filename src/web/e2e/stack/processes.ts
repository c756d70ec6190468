import { type ChildProcess, execFile, spawn } from "node:child_process";
import { closeSync, openSync, readdirSync, readFileSync, readlinkSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { until } from "./until";

const run = promisify(execFile);

/** Every process of a stack, so that each is ended by its number, whatever the test did. */
export class Processes {
  private readonly started: ChildProcess[] = [];
  private readonly endAtExit = () => this.killAll();

  constructor(
    private readonly folder: string,
    private readonly environment: NodeJS.ProcessEnv,
  ) {
    process.on("exit", this.endAtExit);
  }

  /** Begins a process that stays. What it says is in FOLDER/NAME.log. */
  start(name: string, program: string, words: string[], input: "ignore" | "pipe" = "ignore"): ChildProcess {
    const log = openSync(join(this.folder, `${name}.log`), "a");
    const child = spawn(program, words, { cwd: this.folder, env: this.environment, stdio: [input, log, log] });
    closeSync(log);
    child.on("error", (error) => console.error(`${program}: ${error.message}`));
    this.started.push(child);
    return child;
  }

  /** Runs a process to its end and answers what it wrote. */
  async run(program: string, words: string[], options: { cwd?: string; env?: NodeJS.ProcessEnv } = {}): Promise<string> {
    const { stdout } = await run(program, words, {
      cwd: options.cwd ?? this.folder,
      env: { ...this.environment, ...options.env },
      timeout: 60_000,
      maxBuffer: 16_000_000,
    });
    return stdout;
  }

  log(name: string): string {
    return readFileSync(join(this.folder, `${name}.log`), "utf8");
  }

  async kill(child: ChildProcess): Promise<void> {
    child.kill("SIGKILL");
    await gone(child);
  }

  /** Agents first, then the services they left running on purpose, the server last. */
  async endAll(): Promise<void> {
    process.off("exit", this.endAtExit);
    for (const child of this.started.toReversed()) {
      if (isGone(child)) continue;
      child.kill("SIGTERM");
      await gone(child).catch(() => this.kill(child));
      for (const pid of this.left()) end(pid);
    }
    for (const pid of this.left()) end(pid);
  }

  private killAll() {
    for (const child of this.started) child.kill("SIGKILL");
    for (const pid of this.left()) end(pid);
  }

  /** A process that works inside our folder was started by an agent of ours. */
  private left(): number[] {
    const ours = new Set(this.started.map(({ pid }) => pid));
    return readdirSync("/proc")
      .filter((name) => /^\d+$/.test(name) && !ours.has(Number(name)) && Number(name) !== process.pid)
      .filter((name) => placeOf(name)?.startsWith(`${this.folder}/`))
      .map(Number);
  }
}

function placeOf(pid: string): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return undefined;
  }
}

function end(pid: number) {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It ended by itself meanwhile.
  }
}

function isGone(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

function gone(child: ChildProcess): Promise<unknown> {
  return until(`process ${child.pid} ends`, async () => isGone(child), 10);
}
