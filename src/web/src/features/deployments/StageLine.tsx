import { UnstyledButton } from "@mantine/core";
import { IconArrowBackUp, IconCheck, IconClock, IconMinus, IconPlayerPlay, IconX } from "@tabler/icons-react";
import { type ReactNode, useEffect, useRef } from "react";
import type { StageStatus } from "~/api/schema";
import { spoken, useNow } from "~/ui/time";
import { asks, stageLook } from "~/ui/tone";
import classes from "./StageLine.module.css";
import type { Stage } from "./stages";
import { stepsDone } from "./steps";

const marks: Record<StageStatus, ReactNode> = {
  pending: <IconClock size={14} aria-hidden />,
  running: <IconPlayerPlay size={14} aria-hidden />,
  succeeded: <IconCheck size={15} aria-hidden />,
  failed: <IconX size={15} aria-hidden />,
  skipped: <IconMinus size={14} aria-hidden />,
};

type StageLineProps = { stages: Stage[]; selected?: string; select: (stage: string | undefined) => void };

/** The plan as a line: from left to right on a wide screen, from top to bottom on a phone. */
export function StageLine({ stages, selected, select }: StageLineProps) {
  const shown = inOrder(stages);
  const line = useRef<HTMLOListElement>(null);
  const current = shown.findIndex(({ status }) => status === "running");
  useEffect(() => showInLine(line.current, current), [current]);
  return (
    <ol className={classes.line} ref={line} aria-label="Stages">
      {shown.map((stage, at) => (
        <li
          key={stage.name}
          className={classes.item}
          data-back={stage.back || undefined}
          data-passed={shown[at - 1]?.status === "succeeded" && stage.status !== "skipped" ? true : undefined}
          aria-current={stage.status === "running" ? "step" : undefined}
        >
          <UnstyledButton
            className={classes.stage}
            onClick={() => select(selected === stage.name ? undefined : stage.name)}
            aria-pressed={selected === stage.name}
            data-quiet={stage.status === "pending" || stage.status === "skipped" || undefined}
          >
            <span
              className={classes.mark}
              data-status={stage.status}
              data-back={(stage.back && stage.status !== "succeeded") || undefined}
            >
              {stage.back ? <IconArrowBackUp size={15} aria-hidden /> : marks[stage.status]}
            </span>
            <span className={classes.text}>
              <span className={classes.title}>{stage.title}</span>
              <Told stage={stage} />
            </span>
          </UnstyledButton>
        </li>
      ))}
    </ol>
  );
}

/** As it went: the way back follows what was begun, and what was skipped stands at the end. */
function inOrder(stages: Stage[]): Stage[] {
  if (!stages.some(({ back }) => back)) return stages;
  const begun = stages.filter(({ back, startedAt }) => !back && startedAt);
  const rest = stages.filter(({ back, startedAt }) => !back && !startedAt);
  return [...begun, ...stages.filter(({ back }) => back), ...rest];
}

/** What one wants to know of a stage at a glance: how far, how long, or when. */
function Told({ stage }: { stage: Stage }) {
  if (stage.status === "running") return <RunningStage stage={stage} />;
  const took =
    stage.startedAt && stage.finishedAt ? spoken(Date.parse(stage.finishedAt) - Date.parse(stage.startedAt)) : undefined;
  const told: Record<Exclude<StageStatus, "running">, string> = {
    pending: stage.wait
      ? `watches for ${spoken(stage.wait)}`
      : stage.total
        ? `${stage.total.toLocaleString("en")} to come`
        : "to come",
    succeeded: [stage.total ? `${stage.total.toLocaleString("en")}` : "", took && `in ${took}`].filter(Boolean).join(" "),
    failed: took ? `failed after ${took}` : "failed",
    skipped: stageLook.skipped.label,
  };
  return <span className={classes.told}>{told[stage.status]}</span>;
}

function RunningStage({ stage }: { stage: Stage }) {
  const now = useNow("second");
  const so = stage.startedAt ? Math.max(0, now - Date.parse(stage.startedAt)) : 0;
  const steps = stepsDone(stage.steps);
  const { done, total } = steps.total > 0 ? steps : stage;
  const share = stage.wait ? so / stage.wait : total ? done / total : 0;
  return (
    <>
      <span className={classes.told}>{toldOfRunning(stage, so, done, total)}</span>
      {!asks(stage) && (
        <span className={classes.progress} data-back={stage.back || undefined} aria-hidden>
          <span style={{ width: `${Math.min(100, share * 100)}%` }} />
        </span>
      )}
    </>
  );
}

function toldOfRunning(stage: Stage, so: number, done: number, total: number): string {
  const { wait } = stage;
  if (asks(stage)) return "waits for an answer";
  if (wait) return `${spoken(Math.ceil(Math.max(0, wait - so) / 1000) * 1000)} left`;
  const elapsed = spoken(Math.floor(so / 1000) * 1000);
  return total > 0 ? `${done.toLocaleString("en")} of ${total.toLocaleString("en")} · ${elapsed}` : elapsed;
}

/** A long line shows the stage that runs, without moving the page. */
function showInLine(line: HTMLElement | null, at: number) {
  const item = line?.children[at] as HTMLElement | undefined;
  if (line && item && line.scrollWidth > line.clientWidth)
    line.scrollTo({ left: item.offsetLeft - line.clientWidth / 2 + item.clientWidth / 2, behavior: "smooth" });
}
