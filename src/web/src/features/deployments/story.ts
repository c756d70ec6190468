import type { DeploymentEvent, DeploymentStatus } from "~/api/schema";
import { deploymentLook, type Tone } from "~/ui/tone";
import { titleOf } from "./stages";

/** One line of the story: an event, or the same one told several times in a row. */
export type Line = { id: number; time: string; actor?: string; text: string; tone: Tone; type: string; times: number };

/** What of an event's own fields the story needs. */
type Facts = { stage?: number; status?: DeploymentStatus; approved?: boolean };

type Words = { tone: Tone; hidden?: true };

// An event of a newer server that is not here is told as it is.
const known: Record<string, Words> = {
  created: { tone: "quiet" },
  started: { tone: "busy" },
  stageStarted: { tone: "quiet" },
  // What a stage remembers for itself: nothing that a reader has to know.
  stageNoted: { tone: "quiet", hidden: true },
  stageSucceeded: { tone: "ok" },
  stageErrored: { tone: "warn" },
  stageFailed: { tone: "bad" },
  approvalAnswered: { tone: "busy" },
  pauseRequested: { tone: "warn" },
  paused: { tone: "warn" },
  resumed: { tone: "busy" },
  cancelRequested: { tone: "warn" },
  rollbackRequested: { tone: "bad" },
  rollbackStarted: { tone: "bad" },
  finished: { tone: "quiet" },
};

export function storyOf(events: DeploymentEvent[], stageNames: string[]): Line[] {
  const story: Line[] = [];
  for (const event of events) {
    if (known[event.type]?.hidden) continue;
    const line = lineOf(event, stageNames);
    const last = story.at(-1);
    if (last?.type === event.type && last.text === line.text) {
      last.times++;
      last.time = line.time;
    } else story.push(line);
  }
  return story;
}

function lineOf({ id, time, actor, type, message, data }: DeploymentEvent, stageNames: string[]): Line {
  const facts = (data ?? {}) as Facts;
  return {
    id,
    time,
    type,
    times: 1,
    tone: toneOf(type, facts),
    text: named(message, facts.stage === undefined ? undefined : stageNames[facts.stage]),
    // Most sentences name their actor already.
    actor: actor && !message.includes(actor) ? actor : undefined,
  };
}

function toneOf(type: string, { status, approved }: Facts): Tone {
  if (type === "finished" && status) return deploymentLook[status].tone;
  if (type === "approvalAnswered") return approved ? "ok" : "bad";
  return known[type]?.tone ?? "quiet";
}

/** Stages are called the same everywhere on the screen: at the beginning of a sentence, or as what somebody approved or rejected. */
function named(message: string, stage: string | undefined): string {
  if (!stage) return message;
  const told = stage.charAt(0).toUpperCase() + stage.slice(1);
  if (message.startsWith(told)) return titleOf(stage) + message.slice(told.length);
  for (const verb of ["approved", "rejected"])
    if (message.includes(` ${verb} ${told}`)) return message.replace(`${verb} ${told}`, `${verb} “${titleOf(stage)}”`);
  return message;
}

/** Who took it back or cancelled it, and why: the cause when nothing failed. */
export function askedBy(events: DeploymentEvent[]): DeploymentEvent | undefined {
  return events.findLast(({ type }) => type === "rollbackRequested" || type === "cancelRequested");
}

export type Repeated = { text: string; times: number };

/** Output that says the same again and again is said once. */
export function collapse(lines: string[]): Repeated[] {
  const all: Repeated[] = [];
  for (const text of lines) {
    const last = all.at(-1);
    if (last?.text === text) last.times++;
    else all.push({ text, times: 1 });
  }
  return all;
}
