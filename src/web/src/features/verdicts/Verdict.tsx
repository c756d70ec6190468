import { Title, UnstyledButton } from "@mantine/core";
import { IconArrowBackUp, IconChevronDown, IconChevronRight } from "@tabler/icons-react";
import { type ReactNode, useId } from "react";
import type { Deployment, DeploymentVerdict } from "~/api/schema";
import { ChangesTold } from "~/features/deployments/Changes";
import { Output } from "~/features/deployments/Output";
import { Go } from "~/ui/Page";
import { Tag } from "~/ui/Status";
import { useNow } from "~/ui/time";
import { isUnderWay } from "~/ui/tone";
import { When } from "~/ui/When";
import { AnswerTag } from "./AnswerTag";
import { NewErrors } from "./NewErrors";
import { Signals, signalsSaid, useFold } from "./Signals";
import classes from "./Verdict.module.css";
import { comparedSaid, counted, missingSaid, shortClock, watchSaid } from "./words";

type VerdictProps = { deployment: Deployment; verdict: DeploymentVerdict };

/** Whether the version is healthy, and everything that says so. Where nothing is wrong it is a few lines that can be opened. */
export function Verdict({ deployment, verdict }: VerdictProps) {
  const { answer, sentence, dryRun } = verdict;
  const failed = answer === "fail";
  const { opened, toggle } = useFold(failed);
  const [title, body] = [useId(), useId()];
  return (
    <section className={classes.verdict} data-answer={answer} aria-labelledby={title}>
      <div className={classes.head}>
        <Title order={2} id={title}>
          Is it healthy?
        </Title>
        <AnswerTag answer={answer} />
        {dryRun && <Tag tone="quiet">only shown</Tag>}
      </div>
      <p className={classes.reason}>{sentence}</p>
      <Facts deployment={deployment} verdict={verdict} />
      {verdict.takenBackBy && <TakenBack deployment={deployment} verdict={verdict} way={verdict.takenBackBy} />}
      {hasMore(verdict) && (
        <UnstyledButton
          className={classes.opener}
          onClick={toggle}
          aria-expanded={opened}
          aria-controls={opened ? body : undefined}
        >
          <span className={classes.chevron} aria-hidden>
            {opened ? <IconChevronDown size={15} /> : <IconChevronRight size={15} />}
          </span>
          What says so: {saidBy(verdict)}
        </UnstyledButton>
      )}
      {opened && hasMore(verdict) && (
        <div id={body} className={classes.parts}>
          <Signals signals={verdict.signals} unchanged={verdict.unchanged} />
          <Beside deployment={deployment} verdict={verdict} />
        </div>
      )}
    </section>
  );
}

function hasMore({ signals, newErrors = [], lines }: DeploymentVerdict): boolean {
  return signals.length > 0 || newErrors.length > 0 || lines != null;
}

function saidBy({ signals, newErrors = [] }: DeploymentVerdict): string {
  const kinds = newErrors.length > 0 ? `${counted(newErrors.length, "new kind")} of errors` : undefined;
  return [signals.length > 0 ? signalsSaid(signals) : undefined, kinds].filter(Boolean).join(" and ") || "its last lines";
}

/** Who was compared with whom, when, and what comes next. */
function Facts({ deployment: { status }, verdict }: VerdictProps) {
  const { answer, judgedAt, changedAt, watchedUntil, dryRun } = verdict;
  const now = useNow();
  const missing =
    answer === "inconclusive" && (isUnderWay(status) || isAhead(watchedUntil, now)) ? missingSaid(verdict) : undefined;
  const watch = answer === "fail" ? undefined : watchSaid(watchedUntil, now);
  const facts: [string, ReactNode][] = [
    ["compared", comparedSaid(verdict)],
    [
      "changed",
      changedAt && (
        <>
          First changed <When at={changedAt} />
        </>
      ),
    ],
    [
      "judged",
      <>
        Looked at <When at={judgedAt} />
      </>,
    ],
    ["missing", missing],
    ["watch", watch],
    ["dryRun", dryRun && "Nothing follows from it (dryRun)"],
  ];
  return <ul className={classes.facts}>{facts.map(([name, fact]) => fact && <li key={name}>{fact}</li>)}</ul>;
}

function isAhead(moment: string | null | undefined, now: number): boolean {
  return moment != null && Date.parse(moment) > now;
}

/** A deployment that succeeded keeps its state; that it did not last is said here. */
function TakenBack({ deployment, verdict: { judgedAt }, way }: VerdictProps & { way: string }) {
  const { service, environment, version, previousVersion } = deployment;
  return (
    <p className={classes.takenBack}>
      <IconArrowBackUp size={18} aria-hidden />
      <span>
        The deployment had succeeded. While its instances were watched, {version} was found to be worse at {shortClock(judgedAt)}{" "}
        and{" "}
        <Go to="/deployments/$deployment" params={{ deployment: way }} inherit underline="always">
          taken back to {previousVersion}
        </Go>
        . What runs now:{" "}
        <Go to="/targets/$service/$environment" params={{ service, environment }} inherit underline="always">
          {service} in {environment}
        </Go>
        .
      </span>
    </p>
  );
}

/** New errors, beside them what else is different, and the last words. */
function Beside({ deployment, verdict }: VerdictProps) {
  const { newErrors = [], lines, answer } = verdict;
  const told = deployment.failure?.instance === lines?.instance && (deployment.failure?.evidence ?? []).length > 0;
  if (newErrors.length === 0 && !lines && answer !== "fail") return null;
  return (
    <div className={classes.beside}>
      <NewErrors errors={newErrors} />
      <div className={classes.part}>
        <Title order={3} fz={13} fw={600}>
          What else is different
        </Title>
        <ChangesTold deployment={deployment} />
      </div>
      {lines && !told && (
        <div className={`${classes.part} ${classes.wide}`}>
          <Title order={3} fz={13} fw={600}>
            The last lines of {lines.instance}
          </Title>
          <Output lines={lines.lines} label={`The last lines of ${lines.instance}`} />
        </div>
      )}
    </div>
  );
}
