import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { api, take } from "~/api/client";
import { Allowed } from "~/features/session/Allowed";
import { Ask } from "~/ui/Ask";

export function RemoveService({ name }: { name: string }) {
  const [opened, { open, close }] = useDisclosure();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const remove = useMutation({
    mutationFn: () => take(api.DELETE("/api/v1/services/{service}", { params: { path: { service: name } } })),
    onSuccess: async () => {
      await navigate({ to: "/" });
      await queries.invalidateQueries();
    },
  });
  return (
    <>
      <Allowed scope="admin" service={name}>
        <Button variant="subtle" color="red" onClick={open}>
          Remove
        </Button>
      </Allowed>
      <Ask
        opened={opened}
        close={close}
        title={`Remove ${name}`}
        action="Remove the service"
        danger
        typed={name}
        pending={remove.isPending}
        error={remove.error}
        act={() => remove.mutate()}
      >
        Its description, versions, targets and their config are gone, and no CI job can publish or deploy it any more. It is
        refused while instances still run it.
      </Ask>
    </>
  );
}
