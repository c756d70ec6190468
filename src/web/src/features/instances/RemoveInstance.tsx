import { Button, List, Stack } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { notifications } from "@mantine/notifications";
import { useNavigate } from "@tanstack/react-router";
import type { Instance } from "~/api/schema";
import { Allowed } from "~/features/session/Allowed";
import { Ask } from "~/ui/Ask";
import { useRemoveInstance } from "./queries";

export function RemoveInstance({ instance: { name, services, environment } }: { instance: Instance }) {
  const [opened, { open, close }] = useDisclosure();
  const remove = useRemoveInstance();
  const navigate = useNavigate();
  const act = () =>
    remove.mutate(name, {
      onSuccess: () => {
        notifications.show({ color: "teal", message: `${name} was removed; its key is worth nothing any more.` });
        void navigate({ to: "/instances", search: { environment } });
      },
    });
  return (
    <>
      <Allowed scope="admin">
        <Button variant="default" c="var(--bad)" onClick={open}>
          Remove
        </Button>
      </Allowed>
      <Ask
        opened={opened}
        close={close}
        title={`Remove ${name}`}
        action="Remove the instance"
        danger
        typed={name}
        pending={remove.isPending}
        error={remove.error}
        act={act}
      >
        <Stack gap="xs">
          <List size="sm" spacing={4}>
            <List.Item>
              Its key is revoked at once and its connection ends. It can come back only with a fresh join token.
            </List.Item>
            <List.Item>No deployment expects it any longer, and its labels are forgotten.</List.Item>
            <List.Item>
              {services.length > 0
                ? `What runs there goes on running and nobody looks after it: ${services.map(({ service }) => service).join(", ")}. Stop it on the machine, or turn the machine off.`
                : "No service runs there."}
            </List.Item>
          </List>
        </Stack>
      </Ask>
    </>
  );
}
