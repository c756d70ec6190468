import type { ApiProblem } from "./schema";

/** Everything that can go wrong with a call, as one thing. `code` is stable, `message` is for a person. */
export class Problem extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly status: number,
    readonly fields: Readonly<Record<string, readonly string[]>> = {},
  ) {
    super(message);
    this.name = "Problem";
  }

  static unreachable(): Problem {
    return new Problem("unreachable", "The server does not answer. This page goes on by itself when it is back.", 0);
  }

  static from(error: unknown, response: Response): Problem {
    const told = isProblem(error) ? error : {};
    return new Problem(
      told.code ?? `http_${response.status}`,
      told.detail ?? told.title ?? `The server answered ${response.status} without a reason.`,
      response.status,
      told.errors ?? {},
    );
  }

  /** The one translation of whatever was thrown. */
  static of(thrown: unknown): Problem {
    if (thrown instanceof Problem) return thrown;
    if (thrown instanceof TypeError) return Problem.unreachable();
    return new Problem("unexpected", thrown instanceof Error ? thrown.message : String(thrown), 0);
  }
}

function isProblem(value: unknown): value is ApiProblem {
  return typeof value === "object" && value !== null && ("detail" in value || "code" in value || "title" in value);
}
