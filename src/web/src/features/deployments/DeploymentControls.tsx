import { Button, List, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconArrowBackUp, IconPlayerPause, IconPlayerPlay, IconX } from "@tabler/icons-react";
import { type ReactNode, useState } from "react";
import type { Deployment } from "~/api/schema";
import { Allowed } from "~/features/session/Allowed";
import { Ask } from "~/ui/Ask";
import { possibility } from "./controls";
import { effectOf } from "./effects";
import { type Control, useControl } from "./queries";
import type { Stage } from "./stages";

type Face = {
  label: string;
  question: (what: string) => string;
  action: string;
  done: string;
  /** Where the stage that runs can be stopped in its middle. */
  doneAtOnce?: string;
  danger?: boolean;
  icon: ReactNode;
};

const faces: Record<Control, Face> = {
  resume: {
    label: "Resume",
    question: (what) => `Resume ${what}?`,
    action: "Resume",
    done: "It goes on.",
    icon: <IconPlayerPlay size={16} aria-hidden />,
  },
  pause: {
    label: "Pause",
    question: (what) => `Pause ${what}?`,
    action: "Pause",
    done: "It pauses at the next safe point.",
    doneAtOnce: "It pauses.",
    icon: <IconPlayerPause size={16} aria-hidden />,
  },
  cancel: {
    label: "Cancel",
    question: (what) => `Cancel ${what}?`,
    action: "Cancel the deployment",
    done: "It ends at the next safe point.",
    doneAtOnce: "It ends.",
    danger: true,
    icon: <IconX size={16} aria-hidden />,
  },
  rollback: {
    label: "Roll back",
    question: (what) => `Roll back ${what}?`,
    action: "Roll back",
    done: "It goes back.",
    danger: true,
    icon: <IconArrowBackUp size={16} aria-hidden />,
  },
};
const order: Control[] = ["resume", "pause", "cancel", "rollback"];

/** What can be done to it now. Each says what it will do before it does it. */
export function DeploymentControls({ deployment, stages }: { deployment: Deployment; stages: Stage[] }) {
  const [asked, setAsked] = useState<Control>();
  const shown = order.filter((control) => {
    const answer = possibility(deployment, control);
    return answer.possible || answer.why !== undefined;
  });
  return (
    <>
      {shown.map((control) => (
        <ControlButton key={control} control={control} deployment={deployment} ask={() => setAsked(control)} />
      ))}
      <AskControl control={asked} close={() => setAsked(undefined)} deployment={deployment} stages={stages} />
    </>
  );
}

function ControlButton({ control, deployment, ask }: { control: Control; deployment: Deployment; ask: () => void }) {
  const { label, danger, icon } = faces[control];
  const answer = possibility(deployment, control);
  return (
    <Allowed
      scope="deploy"
      service={deployment.service}
      environment={deployment.environment}
      unless={answer.possible ? undefined : answer.why}
    >
      <Button variant="default" leftSection={icon} onClick={ask} style={danger ? { color: "var(--bad)" } : undefined}>
        {label}
      </Button>
    </Allowed>
  );
}

type AskControlProps = { control?: Control; close: () => void; deployment: Deployment; stages: Stage[] };

function AskControl({ control, close, deployment, stages }: AskControlProps) {
  const change = useControl(deployment.id);
  // The window keeps its words while it closes.
  const [last, setLast] = useState<Control>("pause");
  if (control && control !== last) setLast(control);
  const shown = control ?? last;
  const { question, action, danger, done, doneAtOnce = done } = faces[shown];
  const atOnce = stages.some(({ status, interruptible }) => status === "running" && interruptible);
  const what = `${deployment.service} ${deployment.version} → ${deployment.environment}`;
  const answer = possibility(deployment, shown);

  const act = (reason: string | undefined) =>
    change.mutate(
      { control: shown, reason },
      {
        onSuccess: () => {
          notifications.show({ message: `${what}: ${atOnce ? doneAtOnce : done}` });
          close();
        },
      },
    );

  return (
    <Ask
      opened={control !== undefined}
      close={() => {
        change.reset();
        close();
      }}
      title={question(what)}
      action={action}
      danger={danger}
      reason={shown === "resume" || !answer.possible ? undefined : "optional"}
      pending={change.isPending}
      error={change.error}
      act={act}
    >
      {answer.possible ? (
        <List size="sm" spacing={4}>
          {effectOf(shown, deployment, stages).map((sentence) => (
            <List.Item key={sentence}>{sentence}</List.Item>
          ))}
        </List>
      ) : (
        <Text size="sm">Meanwhile this is no longer possible. {answer.why}</Text>
      )}
    </Ask>
  );
}
