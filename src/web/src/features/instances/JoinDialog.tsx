import { Modal } from "@mantine/core";
import { useState } from "react";
import type { JoinTokenCreated } from "~/api/schema";
import { JoinForm } from "./JoinForm";
import { Joining } from "./Joining";
import type { JoinWish } from "./joinCommand";

type JoinDialogProps = { opened: boolean; environment?: string; close: () => void };

export type Invitation = { wish: JoinWish; token: JoinTokenCreated };

/** From "I have a machine" to "it is here": what to run there, then watching until it comes. */
export function JoinDialog({ opened, environment, close }: JoinDialogProps) {
  const [invitation, setInvitation] = useState<Invitation>();
  const leave = () => {
    close();
    setInvitation(undefined);
  };
  return (
    <Modal
      opened={opened}
      onClose={leave}
      title="Join an instance"
      size="lg"
      // The token is shown only now: a click beside it must not take it away.
      closeOnClickOutside={invitation === undefined}
    >
      {invitation ? (
        <Joining invitation={invitation} again={() => setInvitation(undefined)} close={leave} />
      ) : (
        <JoinForm environment={environment} made={setInvitation} close={leave} />
      )}
    </Modal>
  );
}
