import { Anchor, UnstyledButton } from "@mantine/core";
import { IconChevronDown, IconChevronRight } from "@tabler/icons-react";
import { useId, useState } from "react";
import type { SignalVerdict } from "~/api/schema";
import { AnswerMark } from "./AnswerTag";
import { Curves } from "./Curves";
import { Path } from "./Path";
import { Spread } from "./Spread";
import classes from "./Verdict.module.css";
import { counted, effectSaid, signalLook } from "./words";

/** So many are seen at a glance; the rest has less to say. */
const few = 6;

type SignalsProps = { signals: SignalVerdict[]; unchanged: number };

/** What was measured, a sentence each; the first one that can be drawn, which says most, is open by itself. */
export function Signals({ signals, unchanged }: SignalsProps) {
  const [all, setAll] = useState(false);
  const failing = signals.filter(({ answer }) => answer === "fail").length;
  const telling = Math.max(
    0,
    signals.findIndex(({ drawing }) => drawing),
  );
  const shown = all ? signals : signals.slice(0, Math.max(few, failing));
  return (
    <div>
      <ul className={classes.signals} aria-label="What was measured">
        {shown.map((signal, at) => (
          <li key={`${signal.signal} ${signal.instance ?? ""}`}>
            <OneSignal signal={signal} unchanged={unchanged} first={at === telling} />
          </li>
        ))}
      </ul>
      {signals.length > shown.length && (
        <Anchor component="button" type="button" size="sm" onClick={() => setAll(true)} className={classes.more}>
          Show {signals.length - shown.length} more
        </Anchor>
      )}
    </div>
  );
}

function OneSignal({ signal, unchanged, first }: { signal: SignalVerdict; unchanged: number; first: boolean }) {
  const { answer, sentence } = signal;
  const { opened, toggle } = useFold(first);
  const id = useId();
  return (
    <div data-worse={answer === "fail" || undefined}>
      <UnstyledButton className={classes.fold} onClick={toggle} aria-expanded={opened} aria-controls={opened ? id : undefined}>
        <span className={classes.chevron} aria-hidden>
          {opened ? <IconChevronDown size={15} /> : <IconChevronRight size={15} />}
        </span>
        <AnswerMark answer={answer} />
        <span className={classes.sentence}>{sentence}</span>
        <span className={classes.label}>{signalLook[answer].label}</span>
      </UnstyledButton>
      {opened && (
        <div id={id} className={classes.body}>
          <Opened signal={signal} unchanged={unchanged} />
        </div>
      )}
    </div>
  );
}

function Opened({ signal, unchanged }: { signal: SignalVerdict; unchanged: number }) {
  const { drawing, instance, effect } = signal;
  const change = effectSaid(signal);
  return (
    <>
      {(change || instance) && (
        <p className={classes.soft}>
          {change &&
            `${change}${effect != null && (signal.low != null || signal.high != null) ? ", however often anybody looks" : ""}.`}
          {instance && ` It is about ${instance} alone.`}
        </p>
      )}
      {drawing ? (
        <div className={classes.pictures}>
          <Curves signal={signal} drawing={drawing} unchanged={unchanged} />
          <Spread signal={signal} drawing={drawing} unchanged={unchanged} />
          <Path signal={signal} drawing={drawing} />
        </div>
      ) : (
        <p className={classes.soft}>There is nothing to draw of it.</p>
      )}
    </>
  );
}

/** Open as the page thinks best, until somebody decides otherwise. */
export function useFold(byItself: boolean) {
  const [wish, setWish] = useState<boolean>();
  const opened = wish ?? byItself;
  return { opened, toggle: () => setWish(!opened) };
}

export function signalsSaid(signals: readonly SignalVerdict[]): string {
  return counted(signals.length, "signal");
}
