import type { Deployment } from "~/api/schema";
import type { Control } from "./queries";

/** What a deployment is doing, as far as its controls care. */
export type Phase = "queued" | "running" | "pausing" | "paused" | "cancelling" | "goingBack" | "over";

export type Possibility =
  | { possible: true }
  /** `why` is shown on the button; without it the button would only be noise and is left out. */
  | { possible: false; why?: string };

const yes: Possibility = { possible: true };
const hidden: Possibility = { possible: false };
const no = (why: string): Possibility => ({ possible: false, why });

// The server's rules (DeploymentControls.cs), as one table: a new phase or control does not compile until every pair has an answer.
const table: Record<Phase, Record<Control, Possibility>> = {
  queued: {
    pause: no("It has not started. Cancel it, or put the target on hold."),
    resume: hidden,
    cancel: yes,
    rollback: no("It has not started. Cancel it."),
  },
  running: { pause: yes, resume: hidden, cancel: yes, rollback: yes },
  pausing: { pause: hidden, resume: yes, cancel: yes, rollback: yes },
  paused: { pause: hidden, resume: yes, cancel: yes, rollback: yes },
  cancelling: {
    pause: no("It is being cancelled."),
    resume: hidden,
    cancel: no("It is being cancelled already."),
    rollback: yes,
  },
  goingBack: {
    pause: no("It is going back; that can not be paused."),
    resume: hidden,
    cancel: no("It is already going back."),
    rollback: no("It is already going back."),
  },
  over: { pause: hidden, resume: hidden, cancel: hidden, rollback: hidden },
};

type Subject = Pick<Deployment, "status" | "rollingBack" | "pending" | "failure">;

export function phaseOf({ status, rollingBack, pending, failure }: Subject): Phase {
  switch (status) {
    case "queued":
      return "queued";
    case "running":
      if (rollingBack || failure) return "goingBack";
      return pending === "cancelling" ? "cancelling" : pending === "pausing" ? "pausing" : "running";
    case "paused":
      return "paused";
    case "succeeded":
    case "failed":
    case "rolledBack":
    case "cancelled":
    case "superseded":
      return "over";
  }
}

export function possibility(deployment: Subject, control: Control): Possibility {
  return table[phaseOf(deployment)][control];
}
