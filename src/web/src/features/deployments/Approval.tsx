import { Alert, Button, Chip, Group, Radio, Stack, Textarea } from "@mantine/core";
import { IconThumbDown, IconThumbUp, IconUserQuestion } from "@tabler/icons-react";
import { type FormEvent, useId, useState } from "react";
import { Problem } from "~/api/problem";
import type { ApprovalQuestion, Deployment } from "~/api/schema";
import { Allowed } from "~/features/session/Allowed";
import { asks } from "~/ui/tone";
import { Elapsed } from "~/ui/When";
import classes from "./Approval.module.css";
import { useAnswer } from "./queries";
import { Outside } from "./StageWork";
import type { Stage } from "./stages";

type ApprovalsProps = { deployment: Deployment; stages: Stage[] };

/** What a person has to decide before it goes on, above everything else. */
export function Approvals({ deployment, stages }: ApprovalsProps) {
  if (deployment.rollingBack) return null;
  return stages.filter(asks).map((stage) => <Approval key={stage.name} deployment={deployment} stage={stage} />);
}

/** This many choices are seen at a glance; more of them stand in a list. */
const fewChoices = 4;

type ApprovalProps = { deployment: Deployment; stage: Stage & { question: ApprovalQuestion } };

function Approval({ deployment, stage }: ApprovalProps) {
  const { text, choices = [], roles = [] } = stage.question;
  const [choice, setChoice] = useState<string>();
  const [reason, setReason] = useState("");
  const answer = useAnswer(deployment.id);
  const chosen = choices.length === 0 || choice !== undefined;
  const give = (approved: boolean) => answer.mutate({ approved, choice, reason: reason.trim() || undefined });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (chosen && !answer.isPending) give(true);
  };

  const buttonFor = { scope: "deploy", service: deployment.service, environment: deployment.environment } as const;
  return (
    <section className={classes.approval} aria-labelledby={`asks-${stage.name}`}>
      <form onSubmit={submit}>
        <Stack gap="sm">
          <div className={classes.head}>
            <span className={classes.icon} aria-hidden>
              <IconUserQuestion size={20} />
            </span>
            <div className={classes.question}>
              <p className={classes.stage}>
                {stage.title} waits for an answer
                {stage.startedAt && (
                  <>
                    {" · "}
                    <Elapsed from={stage.startedAt} />
                  </>
                )}
              </p>
              <h2 className={classes.text} id={`asks-${stage.name}`}>
                {text}
              </h2>
            </div>
            <Outside link={stage.link} />
          </div>
          {choices.length > 0 && <Choices choices={choices} choice={choice} choose={setChoice} />}
          <Textarea
            label="Reason (others see it)"
            autosize
            minRows={1}
            maxLength={500}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          {answer.isError && (
            <Alert color="red" variant="light" role="alert">
              {Problem.of(answer.error).message}
            </Alert>
          )}
          <div className={classes.foot}>
            <p className={classes.roles}>
              {roles.length > 0
                ? `Where it is asked, only ${listed(roles)} may answer.`
                : "Everybody who may deploy here may answer."}{" "}
              A no ends the deployment, and what it has changed is taken back.
            </p>
            <Group gap="xs" wrap="nowrap">
              <Allowed {...buttonFor}>
                <Button
                  variant="default"
                  leftSection={<IconThumbDown size={16} aria-hidden />}
                  style={{ color: "var(--bad)" }}
                  onClick={() => give(false)}
                  loading={answer.isPending && answer.variables?.approved === false}
                >
                  Reject
                </Button>
              </Allowed>
              <Allowed {...buttonFor} unless={!chosen && "Choose an answer first."}>
                <Button
                  type="submit"
                  leftSection={<IconThumbUp size={16} aria-hidden />}
                  loading={answer.isPending && answer.variables?.approved === true}
                >
                  Approve
                </Button>
              </Allowed>
            </Group>
          </div>
        </Stack>
      </form>
    </section>
  );
}

type ChoicesProps = { choices: readonly string[]; choice: string | undefined; choose: (choice: string) => void };

function Choices({ choices, choice, choose }: ChoicesProps) {
  // One name, so that the keyboard takes them as one group.
  const name = useId();
  if (choices.length <= fewChoices)
    return (
      <div role="radiogroup" aria-label="Answer">
        <Chip.Group value={choice ?? null} onChange={(value) => choose(value as string)}>
          <Group gap="xs">
            {choices.map((each) => (
              <Chip key={each} value={each} name={name} variant="outline">
                {each}
              </Chip>
            ))}
          </Group>
        </Chip.Group>
      </div>
    );
  return (
    <Radio.Group label="Answer" name={name} value={choice ?? null} onChange={choose}>
      <Stack gap={6} mt={6}>
        {choices.map((each) => (
          <Radio key={each} value={each} label={each} />
        ))}
      </Stack>
    </Radio.Group>
  );
}

function listed(words: readonly string[]): string {
  return words.length < 2 ? (words[0] ?? "") : `${words.slice(0, -1).join(", ")} or ${words.at(-1)}`;
}
