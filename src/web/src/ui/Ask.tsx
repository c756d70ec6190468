import { Alert, Button, Group, Modal, Stack, Text, Textarea, TextInput } from "@mantine/core";
import { type FormEvent, type ReactNode, useState } from "react";
import { Problem } from "~/api/problem";

type AskProps = {
  opened: boolean;
  close: () => void;
  title: string;
  /** What will happen, and for what takes something away: exactly what is lost. */
  children: ReactNode;
  /** The button: the action's own word, never "OK". */
  action: string;
  danger?: boolean;
  /** A word that must be typed first. */
  typed?: string;
  /** Asks for a reason: `required` ones are for what others will wonder about. */
  reason?: "required" | "optional";
  /** Something in the question is still missing, or it can not be done. */
  blocked?: boolean;
  pending?: boolean;
  error?: unknown;
  act: (reason: string | undefined) => void;
};

/** The one way to ask before something is done. */
export function Ask({ opened, close, title, ...rest }: AskProps) {
  const [said, setSaid] = useState(nothing);
  const [wasOpened, setWasOpened] = useState(opened);
  if (opened !== wasOpened) {
    setWasOpened(opened);
    // A question that comes back because it was refused still has what was typed.
    if (opened && !rest.error) setSaid(nothing);
  }
  return (
    <Modal opened={opened} onClose={close} title={title}>
      <AskForm close={close} said={said} say={(part) => setSaid({ ...said, ...part })} {...rest} />
    </Modal>
  );
}

type Said = { why: string; word: string };

const nothing: Said = { why: "", word: "" };

type AskFormProps = Omit<AskProps, "opened" | "title"> & { said: Said; say: (part: Partial<Said>) => void };

function AskForm({
  close,
  children,
  action,
  danger,
  typed,
  reason,
  blocked,
  pending,
  error,
  act,
  said: { why, word },
  say,
}: AskFormProps) {
  const ready = !blocked && (typed === undefined || word.trim() === typed) && (reason !== "required" || why.trim() !== "");

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (ready) act(why.trim() || undefined);
  };

  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <Text size="sm" component="div">
          {children}
        </Text>
        {reason && (
          <Textarea
            label={reason === "required" ? "Reason" : "Reason (others see it)"}
            autosize
            minRows={2}
            maxLength={500}
            value={why}
            onChange={(event) => say({ why: event.currentTarget.value })}
            required={reason === "required"}
            data-autofocus={typed === undefined || undefined}
          />
        )}
        {typed !== undefined && <TypedWord word={typed} value={word} change={(next) => say({ word: next })} />}
        {error !== undefined && error !== null && (
          <Alert color="red" variant="light" role="alert">
            {Problem.of(error).message}
          </Alert>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            Not now
          </Button>
          <Button type="submit" color={danger ? "red.9" : undefined} disabled={!ready} loading={pending}>
            {action}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** For environments that ask for it: the name has to be typed, so that nobody deploys there by habit. */
export function TypedWord({ word, value, change }: { word: string; value: string; change: (value: string) => void }) {
  return (
    <TextInput
      label={
        <>
          Type <b>{word}</b> to go on
        </>
      }
      value={value}
      onChange={(event) => change(event.currentTarget.value)}
      autoComplete="off"
      spellCheck={false}
      data-autofocus
    />
  );
}
