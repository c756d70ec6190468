import { Ask } from "~/ui/Ask";
import { useRemoveEnvironment } from "./queries";

export function RemoveEnvironment({ name, close }: { name: string | undefined; close: () => void }) {
  const remove = useRemoveEnvironment();
  const done = () => {
    remove.reset();
    close();
  };
  return (
    <Ask
      opened={name !== undefined}
      close={done}
      title={`Remove ${name ?? ""}`}
      action="Remove"
      danger
      typed={name}
      pending={remove.isPending}
      error={remove.error}
      act={() => remove.mutate(name!, { onSuccess: done })}
    >
      The environment leaves every list. Its instances have to be removed before; the record of its deployments stays.
    </Ask>
  );
}
