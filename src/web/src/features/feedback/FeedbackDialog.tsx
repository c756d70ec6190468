import { Alert, Button, Group, Modal, Stack, Text, Textarea } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useLocation } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { Problem } from "~/api/problem";
import { useGiveFeedback } from "./queries";

const longest = 4000;

export function FeedbackDialog({ close }: { close: () => void }) {
  return (
    <Modal opened onClose={close} title="What should be better here?">
      <FeedbackForm close={close} />
    </Modal>
  );
}

function FeedbackForm({ close }: { close: () => void }) {
  const { href } = useLocation();
  const [text, setText] = useState("");
  const give = useGiveFeedback();

  const submit = (event: FormEvent) => {
    event.preventDefault();
    give.mutate(
      { text: text.trim(), page: href.slice(0, 500) },
      {
        onSuccess: () => {
          notifications.show({
            color: "teal",
            title: "Thank you",
            message: "An administrator reads it; the answer appears under Feedback.",
          });
          close();
        },
      },
    );
  };

  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <Textarea
          label="Your words"
          placeholder="I was looking for…"
          autosize
          minRows={4}
          maxRows={12}
          maxLength={longest}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          data-autofocus
        />
        <Text size="xs" c="dimmed">
          Sent with the address of this screen, {href}, and your token's name.
        </Text>
        {give.isError && (
          <Alert color="red" variant="light" role="alert">
            {Problem.of(give.error).message}
          </Alert>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            Not now
          </Button>
          <Button type="submit" loading={give.isPending} disabled={text.trim() === ""}>
            Send
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
