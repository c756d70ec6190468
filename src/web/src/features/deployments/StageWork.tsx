import { Anchor, Text, UnstyledButton, VisuallyHidden } from "@mantine/core";
import {
  IconCheck,
  IconChevronDown,
  IconChevronRight,
  IconExternalLink,
  IconMinus,
  IconThumbDown,
  IconThumbUp,
  IconX,
} from "@tabler/icons-react";
import { type ReactNode, useState } from "react";
import type { ApprovalAnswer, StageLink, StageStatus } from "~/api/schema";
import { Dot, Tag } from "~/ui/Status";
import { asks, stageLook } from "~/ui/tone";
import { Elapsed, When } from "~/ui/When";
import { webLink } from "~/ui/webLink";
import classes from "./StageWork.module.css";
import type { Stage } from "./stages";
import { linksOf, opensByItself, passedOf, type Step, stepsDone, treeOf } from "./steps";

type StageWorkProps = { stages: Stage[]; selected?: string };

/** What the stages are made of, where their work goes on outside of Slipway: open while it runs, folded when it is over. */
export function StageWork({ stages, selected }: StageWorkProps) {
  const shown = stages.filter(({ status, steps = [], answer }) => status !== "pending" && (steps.length > 0 || answer));
  if (shown.length === 0) return null;
  return (
    <ul className={classes.stages} aria-label="Steps of the stages">
      {shown.map((stage) => (
        <li key={stage.name}>
          <Work stage={stage} selected={stage.name === selected} />
        </li>
      ))}
    </ul>
  );
}

function Work({ stage, selected }: { stage: Stage; selected: boolean }) {
  const steps = stage.steps ?? [];
  const tree = treeOf(steps);
  const { opened, toggle } = useFold(opensByItself(stage.status) || selected);
  const { tone, label } = stageLook[stage.status];
  const { done, total } = stepsDone(steps);
  return (
    <>
      <div className={classes.head}>
        <Fold opened={opened} toggle={toggle} able={tree.length > 0}>
          <b>{stage.title}</b>
          <Tag tone={asks(stage) ? "warn" : tone} live={stage.status === "running"}>
            {asks(stage) ? "waits for an answer" : label}
          </Tag>
          {total > 1 && (
            <Text span size="xs" c="dimmed" className="numbers">
              {done} of {total} steps
            </Text>
          )}
          {stage.startedAt && (
            <Text span size="xs" c="dimmed">
              <Elapsed from={stage.startedAt} to={stage.finishedAt} />
            </Text>
          )}
        </Fold>
      </div>
      {stage.answer && <Answered answer={stage.answer} />}
      {stage.note && opened && stage.status !== "failed" && !asks(stage) && <p className={classes.told}>{stage.note}</p>}
      {opened && <Steps steps={tree} label={`Steps of ${stage.title}`} />}
    </>
  );
}

function Steps({ steps, label }: { steps: Step[]; label: string }) {
  const [all, setAll] = useState(false);
  const passed = passedOf(steps);
  if (steps.length === 0) return null;
  return (
    <ul className={classes.steps} aria-label={label}>
      {passed > 0 && (
        <li className={classes.step}>
          <Fold opened={all} toggle={() => setAll(!all)} able>
            <Mark status="succeeded" />
            {passed} done
          </Fold>
        </li>
      )}
      {steps.slice(all ? 0 : passed).map((step) => (
        <OneStep key={step.key} step={step} />
      ))}
    </ul>
  );
}

function OneStep({ step }: { step: Step }) {
  const { name, status, startedAt, finishedAt, note, parts } = step;
  const { opened, toggle } = useFold(opensByItself(status));
  const { label } = stageLook[status];
  return (
    <li>
      <div className={classes.step} data-quiet={status === "pending" || status === "skipped" || undefined}>
        <Fold opened={opened} toggle={toggle} able={parts.length > 0}>
          <Mark status={status} />
          <span className={classes.name}>{name}</span>
        </Fold>
        {note && (
          <span className={classes.note} data-bad={status === "failed" || undefined}>
            {note}
          </span>
        )}
        <span className={classes.time}>
          {status === "succeeded" ? <VisuallyHidden>{label}</VisuallyHidden> : <span>{label}</span>}
          {startedAt && <Elapsed from={startedAt} to={finishedAt} />}
        </span>
      </div>
      {opened && <Steps steps={parts} label={`Steps of ${name}`} />}
    </li>
  );
}

const marks: Record<StageStatus, ReactNode> = {
  pending: <Dot tone="quiet" />,
  running: <Dot tone="busy" live />,
  succeeded: <IconCheck size={14} />,
  failed: <IconX size={14} />,
  skipped: <IconMinus size={14} />,
};

function Mark({ status }: { status: StageStatus }) {
  return (
    <span className={classes.mark} data-status={status} aria-hidden>
      {marks[status]}
    </span>
  );
}

type FoldProps = { opened: boolean; toggle: () => void; able: boolean; children: ReactNode };

/** What can be opened is a button; what has nothing below it is only text. */
function Fold({ opened, toggle, able, children }: FoldProps) {
  if (!able)
    return (
      <span className={classes.fold}>
        <span className={classes.chevron} />
        {children}
      </span>
    );
  return (
    <UnstyledButton className={classes.fold} onClick={toggle} aria-expanded={opened}>
      <span className={classes.chevron} aria-hidden>
        {opened ? <IconChevronDown size={15} /> : <IconChevronRight size={15} />}
      </span>
      {children}
    </UnstyledButton>
  );
}

/** Follows what happens, until somebody decides otherwise. */
function useFold(byItself: boolean) {
  const [wish, setWish] = useState<boolean>();
  const opened = wish ?? byItself;
  return { opened, toggle: () => setWish(!opened) };
}

/** All places where the work of a deployment can be seen. */
export function OutsideLinks({ stages }: { stages: Stage[] }) {
  return linksOf(stages).map((link) => <Outside key={link.url} link={link} />);
}

/** Where the work can be seen in the system that does it. */
export function Outside({ link }: { link: StageLink | null | undefined }) {
  const href = webLink(link?.url);
  if (!link || !href) return null;
  return (
    <Anchor href={href} target="_blank" rel="noreferrer" size="sm" className={classes.outside}>
      {link.title} <IconExternalLink size={13} aria-label="opens in a new tab" />
    </Anchor>
  );
}

function Answered({ answer: { approved, by, choice, reason, at } }: { answer: ApprovalAnswer }) {
  return (
    <p className={classes.told} data-answer={approved ? "yes" : "no"}>
      {approved ? <IconThumbUp size={15} aria-hidden /> : <IconThumbDown size={15} aria-hidden />}
      <span>
        <b>{by}</b> {approved ? "approved" : "rejected"}
        {choice && (
          <>
            {" "}
            with <b>{choice}</b>
          </>
        )}{" "}
        <When at={at} />
        {reason && <>: “{reason}”</>}
      </span>
    </p>
  );
}
