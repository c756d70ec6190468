import { Button, Stack, TagsInput, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { notifications } from "@mantine/notifications";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Instance } from "~/api/schema";
import { allServices } from "~/features/services/queries";
import { Allowed } from "~/features/session/Allowed";
import { Ask } from "~/ui/Ask";
import { difference, serviceObjection } from "./membership";
import { useChangeInstance } from "./queries";

export function ChangeServices({ instance }: { instance: Instance }) {
  const [opened, { open, close }] = useDisclosure();
  return (
    <>
      <Allowed scope="deploy" environment={instance.environment}>
        <Button variant="default" onClick={open}>
          Change services
        </Button>
      </Allowed>
      {opened && <AskServices instance={instance} close={close} />}
    </>
  );
}

function AskServices({ instance, close }: { instance: Instance; close: () => void }) {
  const now = instance.services.map(({ service }) => service as string);
  const [wanted, setWanted] = useState(now);
  const known = useQuery(allServices).data ?? [];
  const change = useChangeInstance(instance.name);
  const { added, removed } = difference(now, wanted);
  const objection = serviceObjection(wanted);
  const same = added.length === 0 && removed.length === 0;

  const act = () => {
    if (same) close();
    if (same || objection) return;
    change.mutate(
      { services: wanted },
      {
        onSuccess: () => {
          close();
          notifications.show({
            color: "teal",
            message: `${instance.name} runs ${wanted.join(", ") || "no service"} from now on.`,
          });
        },
      },
    );
  };

  return (
    <Ask
      opened
      close={close}
      title={`What ${instance.name} runs`}
      action={removed.length > 0 ? "Change, and stop what goes" : "Change"}
      danger={removed.length > 0}
      pending={change.isPending}
      error={change.error}
      act={act}
    >
      <Stack gap="sm">
        <TagsInput
          label="Services"
          data={known.map(({ name }) => name)}
          value={wanted}
          onChange={setWanted}
          error={objection}
          acceptValueOnBlur
          data-autofocus
        />
        <Stack gap={4} mih={48} aria-live="polite">
          {same && (
            <Text size="sm" c="dimmed">
              Nothing changes yet.
            </Text>
          )}
          {added.length > 0 && (
            <Text size="sm">
              <b>{added.join(", ")}</b>: gets what its target in {instance.environment} runs, by itself, also in the middle of a
              deployment.
            </Text>
          )}
          {removed.length > 0 && (
            <Text size="sm" c="var(--bad)">
              <b>{removed.join(", ")}</b>: is stopped on this instance, and later deployments leave it out.
            </Text>
          )}
        </Stack>
      </Stack>
    </Ask>
  );
}
