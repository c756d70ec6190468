import { List } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import type { Connection } from "~/api/schema";
import { Ask } from "~/ui/Ask";
import { useDeleteConnection } from "./queries";

type DeleteProps = { connection: Connection | undefined; services: readonly string[]; close: () => void };

export function DeleteConnection({ connection, services, close }: DeleteProps) {
  const remove = useDeleteConnection();
  const done = () => {
    remove.reset();
    close();
  };
  const act = () =>
    remove.mutate(connection!.name, {
      onSuccess: () => {
        notifications.show({ message: `The connection ${connection!.name} is deleted.` });
        done();
      },
    });
  const secrets = connection?.secrets ?? [];
  return (
    <Ask
      opened={connection !== undefined}
      close={done}
      title={`Delete the connection ${connection?.name ?? ""}`}
      action="Delete the connection"
      danger
      typed={services.length > 0 ? connection?.name : undefined}
      pending={remove.isPending}
      error={remove.error}
      act={act}
    >
      <List size="sm" spacing={4}>
        <List.Item>
          {services.length === 0
            ? "No service deploys through it now."
            : `${listed(services)} ${services.length === 1 ? "deploys" : "deploy"} through it: until there is one of the same name again, deployments under way can not go on, new ones are refused, and nobody sees what runs.`}
        </List.Item>
        <List.Item>What runs at the other end goes on running.</List.Item>
        {secrets.length > 0 && (
          <List.Item>
            Its {secrets.length === 1 ? "secret" : "secrets"} ({secrets.join(", ")}) {secrets.length === 1 ? "is" : "are"} gone
            and can not be read back.
          </List.Item>
        )}
      </List>
    </Ask>
  );
}

const most = 5;

function listed(names: readonly string[]): string {
  const shown = names.length > most ? [...names.slice(0, most - 1), `${names.length - most + 1} more`] : names;
  return shown.length < 2 ? (shown[0] ?? "") : `${shown.slice(0, -1).join(", ")} and ${shown.at(-1)}`;
}
