import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { notifications } from "@mantine/notifications";
import type { UseMutationResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Ask } from "~/ui/Ask";

type RevokeProps = {
  id: string;
  /** "the token ci": what stands on the button for a screen reader, and in the question. */
  what: string;
  /** What is said when it is done. */
  done: string;
  revoke: UseMutationResult<unknown, Error, string>;
  /** What is lost. */
  children: ReactNode;
};

/** Takes a right away for ever: asks first, says what is lost, and says that it was done. */
export function Revoke({ id, what, done, revoke, children }: RevokeProps) {
  const [opened, { open, close }] = useDisclosure();
  const act = () =>
    revoke.mutate(id, {
      onSuccess: () => {
        close();
        notifications.show({ color: "teal", message: done });
      },
    });
  return (
    <>
      <Button variant="subtle" size="compact-sm" c="var(--bad)" onClick={open} aria-label={`Revoke ${what}`}>
        Revoke
      </Button>
      <Ask
        opened={opened}
        close={close}
        title={`Revoke ${what}`}
        action="Revoke it"
        danger
        pending={revoke.isPending}
        error={revoke.error}
        act={act}
      >
        {children}
      </Ask>
    </>
  );
}
