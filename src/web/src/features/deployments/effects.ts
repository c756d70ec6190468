import type { Deployment } from "~/api/schema";
import { phaseOf } from "./controls";
import type { Control } from "./queries";
import { changedInstances, counted, currentStage, type Stage } from "./stages";

/** Exactly what a control will do in the state the deployment is in now, in sentences. */
export function effectOf(control: Control, deployment: Deployment, stages: Stage[]): string[] {
  return effects[control](deployment, stages);
}

const waits = "It waits until somebody resumes, cancels or rolls it back.";
const onHold = "Then the target is on hold: no automatic deployment until somebody lifts it or deploys on purpose.";

const effects: Record<Control, (deployment: Deployment, stages: Stage[]) => string[]> = {
  pause: (deployment, stages) => {
    const running = stages.find(({ status }) => status === "running");
    if (running?.interruptible) return [inTheMiddle(running), "What it has made so far stays as it is.", waits];
    const watches = running !== undefined && startsOver(running);
    return [
      running === undefined || watches ? "It stops at once." : `It stops when ${told(running)} is done.`,
      versionsStay(deployment, stages),
      ...(watches ? [`${running.wait ? "Watching" : told(running)} starts over when somebody resumes it.`] : []),
      waits,
    ];
  },
  resume: (deployment, stages) => {
    if (phaseOf(deployment) === "pausing") return ["The pause is taken back: it goes on without stopping."];
    const next = currentStage(stages);
    if (next?.interruptible && next.status === "running") return [`${told(next)} goes on where it stopped.`];
    return [next ? `It goes on with ${told(next)}: ${lower(next.description)}.` : "It goes on."];
  },
  cancel: (deployment, stages) => {
    if (deployment.status === "queued") return ["It has not started, so nothing changes. It ends as cancelled."];
    const running = stages.find(({ status }) => status === "running");
    const atOnce = deployment.status === "paused" || running === undefined || startsOver(running);
    return [
      running?.interruptible ? inTheMiddle(running) : atOnce ? "It ends at once." : `It ends when ${told(running)} is done.`,
      takesBack(deployment, stages),
      "The target is not put on hold: the next automatic deployment may come.",
    ];
  },
  rollback: (deployment, stages) => {
    const changed = changedInstances(stages).length;
    if (isOutside(stages)) return ["It goes back at once, without waiting for the stage.", takesBack(deployment, stages), onHold];
    return [
      changed === 0 ? "It ends at once, without waiting for the stage." : "It goes back at once, without waiting for the stage.",
      goesBack(deployment, changed),
      ...(changed === 0 ? [] : [onHold]),
    ];
  },
};

/** It only watches or asks, so it can be left at any moment. */
function startsOver({ wait, kind }: Stage): boolean {
  return wait !== undefined || kind === "declaredCheck";
}

/** Which instances such work has changed, only the system that does it knows. */
function isOutside(stages: Stage[]): boolean {
  return stages.some(({ interruptible, back, startedAt }) => interruptible && !back && startedAt);
}

function inTheMiddle(stage: Stage): string {
  return `${told(stage)} is stopped in its middle, where its work is done.`;
}

function takesBack(deployment: Deployment, stages: Stage[]): string {
  if (!isOutside(stages)) return goesBack(deployment, changedInstances(stages).length);
  const { version, previousVersion } = deployment;
  return previousVersion
    ? `What it has made of ${version} gives its traffic back to ${previousVersion}; where nothing was made yet, nothing changes.`
    : `What it has made of ${version} is taken away: nothing ran here before.`;
}

function told({ title, total }: Stage): string {
  return total > 0 ? `“${title}” (${counted(total)})` : `“${title}”`;
}

function versionsStay({ version, previousVersion }: Deployment, stages: Stage[]): string {
  const changed = changedInstances(stages).length;
  if (changed === 0) return "No instance has been switched yet.";
  const others = previousVersion ? `the others stay on ${previousVersion}` : "the others are left as they are";
  return `${counted(changed)} switched so far ${changed === 1 ? "stays" : "stay"} on ${version}; ${others}.`;
}

function goesBack({ version, previousVersion }: Deployment, changed: number): string {
  if (changed === 0) return "No instance has been switched yet, so there is nothing to take back.";
  return previousVersion
    ? `${counted(changed)} ${changed === 1 ? "goes" : "go"} from ${version} back to ${previousVersion}, all at the same time.`
    : `${version} is stopped on ${counted(changed)}: nothing ran there before.`;
}

function lower(sentence: string): string {
  return sentence.charAt(0).toLowerCase() + sentence.slice(1);
}
