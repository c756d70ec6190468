import { Alert, Button, Group, NumberInput, Select, SimpleGrid, Stack, TagsInput, Text, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { idempotencyKey } from "~/api/client";
import { Problem } from "~/api/problem";
import { allEnvironments } from "~/features/environments/queries";
import { allServices } from "~/features/services/queries";
import { refusal } from "~/features/session/permissions";
import { useMe } from "~/features/session/queries";
import type { Invitation } from "./JoinDialog";
import { type JoinWish, lives, objections } from "./joinCommand";
import { useCreateJoinToken } from "./queries";

type JoinFormProps = { environment?: string; made: (invitation: Invitation) => void; close: () => void };

export function JoinForm({ environment, made, close }: JoinFormProps) {
  const environments = useQuery(allEnvironments).data ?? [];
  const services = useQuery(allServices).data ?? [];
  const [wish, setWish] = useState<JoinWish>({
    environment: environment ?? "",
    services: [],
    name: "",
    labels: [],
    uses: 1,
    expiresIn: "1h",
  });
  const [asked, setAsked] = useState(false);
  const [key] = useState(idempotencyKey);
  const create = useCreateJoinToken();
  const refused = refusal(useMe(), "admin");
  const wrong = asked ? objections(wish) : {};
  const set = (part: Partial<JoinWish>) => setWish({ ...wish, ...part });

  const submit = (event: FormEvent) => {
    event.preventDefault();
    setAsked(true);
    if (refused || Object.keys(objections(wish)).length > 0) return;
    const { environment, uses, expiresIn } = wish;
    create.mutate({ key, environment, uses, expiresIn }, { onSuccess: (token) => made({ wish, token }) });
  };

  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <SimpleGrid cols={{ base: 1, xs: 2 }}>
          <Select
            label="Environment"
            placeholder="Where it belongs"
            data={environments.map(({ name }) => name)}
            value={wish.environment || null}
            onChange={(next) => set({ environment: next ?? "" })}
            error={wrong.environment}
            allowDeselect={false}
            nothingFoundMessage="There is no environment yet"
            required
            data-autofocus
          />
          <TagsInput
            label="Services it runs"
            placeholder={wish.services.length === 0 ? "Name, then Enter" : undefined}
            data={services.map(({ name }) => name)}
            value={wish.services}
            onChange={(next) => set({ services: next })}
            error={wrong.services}
            acceptValueOnBlur
            required
          />
          <NumberInput
            label="How many instances"
            description="Each use of the token joins one."
            min={1}
            max={10_000}
            value={wish.uses}
            onChange={(next) => set({ uses: Number(next) })}
            error={wrong.uses}
          />
          <Select
            label="Valid for"
            description="After that nobody joins with it."
            data={lives}
            value={wish.expiresIn}
            onChange={(next) => set({ expiresIn: next ?? "1h" })}
            allowDeselect={false}
          />
          <TextInput
            label="Name"
            description="Left out: its host name."
            placeholder="web-1"
            value={wish.name}
            onChange={(event) => set({ name: event.currentTarget.value.trim() })}
            error={wrong.name}
            disabled={wish.uses > 1 && !wish.name}
            spellCheck={false}
          />
          <TagsInput
            label="Labels"
            description="To find it by; slipway.yaml may use them."
            placeholder={wish.labels.length === 0 ? "zone=a, then Enter" : undefined}
            value={wish.labels}
            onChange={(next) => set({ labels: next })}
            error={wrong.labels}
            acceptValueOnBlur
          />
        </SimpleGrid>
        <Text size="sm" c="dimmed">
          Next you get one line to run on the instance. Nothing changes until somebody runs it.
        </Text>
        {(refused || create.isError) && (
          <Alert color={refused ? "yellow" : "red"} variant="light" role="alert">
            {refused ?? Problem.of(create.error).message}
          </Alert>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            Not now
          </Button>
          <Button type="submit" loading={create.isPending} disabled={refused !== undefined}>
            Make the line to run
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
