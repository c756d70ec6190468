import { Alert, Button, Group, Modal, NumberInput, Stack, Switch, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { Problem } from "~/api/problem";
import type { SlipwayEnvironment } from "~/api/schema";
import { useSaveEnvironment } from "./queries";

type EnvironmentFormProps = { environment?: SlipwayEnvironment; order: number; close: () => void };

/** Makes or changes an environment. */
export function EnvironmentForm({ environment, order, close }: EnvironmentFormProps) {
  const [name, setName] = useState(environment?.name ?? "");
  const [description, setDescription] = useState(environment?.description ?? "");
  const [place, setPlace] = useState<number | string>(order);
  const [confirm, setConfirm] = useState(environment?.confirm ?? false);
  const save = useSaveEnvironment();

  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate(
      { name: name.trim(), description: description.trim() || null, order: Number(place), confirm },
      { onSuccess: close },
    );
  };

  return (
    <Modal opened onClose={close} title={environment ? `Change ${environment.name}` : "New environment"}>
      <form onSubmit={submit}>
        <Stack gap="md">
          <TextInput
            label="Name"
            description="Lower-case letters, digits and dashes; it can not be changed later."
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            disabled={environment !== undefined}
            required
            data-autofocus={environment === undefined || undefined}
          />
          <TextInput
            label="For"
            placeholder="Customers"
            value={description}
            onChange={(event) => setDescription(event.currentTarget.value)}
            data-autofocus={environment !== undefined || undefined}
          />
          <NumberInput
            label="Place in the order"
            description="Versions go from low to high: dev 1, staging 2, production 3."
            value={place}
            onChange={setPlace}
            min={0}
            allowDecimal={false}
          />
          <Switch
            label="Ask people to type the service's name before they deploy here"
            checked={confirm}
            onChange={(event) => setConfirm(event.currentTarget.checked)}
          />
          {save.isError && (
            <Alert color="red" variant="light" role="alert">
              {Problem.of(save.error).message}
            </Alert>
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              Not now
            </Button>
            <Button type="submit" loading={save.isPending} disabled={name.trim() === "" || place === ""}>
              {environment ? "Save" : "Make it"}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
