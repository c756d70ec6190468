import { Alert, Anchor, Blockquote, Button, Group, Stack, Text, Textarea } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { Problem } from "~/api/problem";
import type { Feedback } from "~/api/schema";
import { Card } from "~/ui/Card";
import { When } from "~/ui/When";
import { useAnswerFeedback, useRefusedAnswer } from "./queries";

export function FeedbackItem({ item, mayAnswer }: { item: Feedback; mayAnswer: boolean }) {
  const [answering, setAnswering] = useState(false);
  const [laidAside, setLaidAside] = useState(0);
  const last = useRefusedAnswer(item.id);
  // Comes back with what was written.
  const refused = last && last.at > laidAside ? last : undefined;
  return (
    <li>
      <Card label={`Feedback of ${item.createdBy}`}>
        <Stack gap="sm">
          <Group gap="xs" justify="space-between">
            <Text size="sm" c="dimmed">
              <b>{item.createdBy}</b> on <PageLink page={item.page ?? ""} />
            </Text>
            <Text size="sm" c="dimmed">
              <When at={item.createdAt} />
            </Text>
          </Group>
          <Text style={{ whiteSpace: "pre-wrap", overflowWrap: "anywhere" }}>{item.text}</Text>
          {item.answer && (
            <Blockquote p="sm" cite={item.answeredAt && `${item.answeredBy}, ${new Date(item.answeredAt).toLocaleString()}`}>
              <span style={{ whiteSpace: "pre-wrap" }}>{item.answer}</span>
            </Blockquote>
          )}
          {mayAnswer &&
            (answering || refused ? (
              <AnswerForm
                key={refused?.at}
                item={item}
                refused={refused}
                close={() => {
                  setAnswering(false);
                  setLaidAside(refused?.at ?? laidAside);
                }}
              />
            ) : (
              <Group>
                <Button size="xs" variant="default" onClick={() => setAnswering(true)}>
                  {item.answer ? "Answer anew" : "Answer"}
                </Button>
              </Group>
            ))}
        </Stack>
      </Card>
    </li>
  );
}

type AnswerFormProps = { item: Feedback; refused?: { text: string; error: unknown }; close: () => void };

function AnswerForm({ item, refused, close }: AnswerFormProps) {
  const [text, setText] = useState(refused?.text ?? item.answer ?? "");
  const answer = useAnswerFeedback(item.id);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    answer.mutate({ id: item.id, text: text.trim() });
    close();
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <Textarea
          label="Answer"
          autosize
          minRows={3}
          maxLength={4000}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          data-autofocus
        />
        {refused && (
          <Alert color="red" variant="light" role="alert">
            {Problem.of(refused.error).message}
          </Alert>
        )}
        <Group>
          <Button type="submit" size="xs" disabled={text.trim() === ""}>
            Save the answer
          </Button>
          <Button size="xs" variant="default" onClick={close}>
            Not now
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** Where the person was: an address of this interface becomes a link, anything else stays text. */
function PageLink({ page }: { page: string }) {
  if (!page.startsWith("/") || page.startsWith("//")) return <span>{page || "an unknown screen"}</span>;
  return (
    <Anchor component={Link} to={page}>
      {page}
    </Anchor>
  );
}
