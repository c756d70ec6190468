import { IconCheck, IconHourglass, IconX } from "@tabler/icons-react";
import type { ReactNode } from "react";
import type { Answer } from "~/api/schema";
import classes from "./Verdict.module.css";
import { answerLook } from "./words";

const marks: Record<Answer, ReactNode> = {
  pass: <IconCheck size={15} />,
  fail: <IconX size={15} />,
  inconclusive: <IconHourglass size={15} />,
};

/** The answer in words and as a sign. */
export function AnswerTag({ answer }: { answer: Answer }) {
  const { tone, label } = answerLook[answer];
  return (
    <span className={classes.answer} data-tone={tone}>
      <AnswerMark answer={answer} />
      {label}
    </span>
  );
}

/** Decoration beside a word. */
export function AnswerMark({ answer }: { answer: Answer }) {
  return (
    <span className={classes.mark} data-tone={answerLook[answer].tone} aria-hidden>
      {marks[answer]}
    </span>
  );
}
