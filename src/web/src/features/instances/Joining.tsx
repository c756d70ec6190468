import { Button, Group, List, Loader, Stack, Text, Title } from "@mantine/core";
import { IconCircleCheck } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Command } from "~/ui/Command";
import { useFocusAtFirst } from "~/ui/focus";
import { Go } from "~/ui/Page";
import { Tag } from "~/ui/Status";
import { milliseconds } from "~/ui/time";
import { When } from "~/ui/When";
import { conditionOf } from "./condition";
import type { Invitation } from "./JoinDialog";
import { joinCommand, joinTokenId } from "./joinCommand";
import { joinedSince, joinTokens, oneInstance } from "./queries";

/** How often to look while the dialog waits. Milliseconds. */
const look = 1500;

type JoiningProps = { invitation: Invitation; again: () => void; close: () => void };

export function Joining({ invitation, again, close }: JoiningProps) {
  const { wish, token } = invitation;
  const names = useJoined(invitation);
  const shown = useFocusAtFirst<HTMLDivElement>();
  return (
    <Stack gap="md" ref={shown} tabIndex={-1} style={{ outline: "none" }}>
      <section>
        <Title order={3} mb={6} fz="md">
          1. Run this on {wish.uses === 1 ? "the instance" : "each instance"}, once
        </Title>
        <Command>{joinCommand(token.command, wish)}</Command>
        <Text size="sm" c="dimmed" mt={6}>
          The token works {wish.uses === 1 ? "once" : `${wish.uses.toLocaleString("en")} times`} and ends{" "}
          <When at={token.expiresAt} />. It is shown only now. The instance makes its own key; the private half never leaves it.
        </Text>
      </section>
      <section>
        <Title order={3} mb={6} fz="md">
          2. Start the agent, and let it start with the machine
        </Title>
        <Command>slipway-agent run</Command>
        <Text size="sm" c="dimmed" mt={6}>
          For a machine that stays, make it a systemd unit with KillMode=process, so that the agent's end does not end its
          services. By itself it then gets what {wish.services.join(", ")} should run in {wish.environment}.
        </Text>
      </section>
      <Arrivals names={names} uses={wish.uses} />
      <Group justify="flex-end">
        <Button variant="default" onClick={again}>
          Another line
        </Button>
        <Button onClick={close}>{names.length > 0 ? "Done" : "Close; the token stays valid"}</Button>
      </Group>
    </Stack>
  );
}

/** Who has come with this token: its uses are counted, and only when one is gone the environment is looked through. */
function useJoined({ wish, token }: Invitation): string[] {
  const { data: left, isFetchedAfterMount } = useQuery({ ...joinTokens, refetchInterval: look });
  // A token without uses is no longer in the list.
  const usesLeft = left?.find(({ id }) => id === joinTokenId(token.token))?.usesLeft ?? 0;
  const made = new Date(Date.parse(token.expiresAt) - milliseconds(wish.expiresIn)).toISOString();
  const used = wish.uses - usesLeft;
  const { data: joined } = useQuery({
    ...joinedSince(wish.environment, made, usesLeft),
    enabled: isFetchedAfterMount && used > 0,
    // A use is gone a moment before the instance is in the list.
    refetchInterval: ({ state }) => (state.data?.length ?? 0) < used && look,
    placeholderData: (before) => before,
  });
  return joined ?? [];
}

function Arrivals({ names, uses }: { names: string[]; uses: number }) {
  return (
    <section aria-live="polite" style={{ minHeight: 56 }}>
      {names.length > 0 && (
        <List listStyleType="none" spacing={6} mb={names.length < uses ? 8 : 0}>
          {names.map((name) => (
            <List.Item key={name}>
              <Arrival name={name} />
            </List.Item>
          ))}
        </List>
      )}
      {names.length < uses && (
        <Group gap="xs">
          <Loader size={16} aria-hidden />
          <Text size="sm" c="dimmed">
            {names.length === 0
              ? "Waiting for the first to join…"
              : `${names.length} of ${uses} have joined; waiting for the others…`}
          </Text>
        </Group>
      )}
    </section>
  );
}

function Arrival({ name }: { name: string }) {
  const { data } = useQuery({ ...oneInstance(name), refetchInterval: look });
  const condition = data && conditionOf(data);
  return (
    <Group gap="xs">
      <IconCircleCheck size={20} color="var(--ok-fill)" aria-hidden />
      <Text size="sm">
        <Go to="/instances/$instance" params={{ instance: name }} fw={600}>
          {name}
        </Go>{" "}
        {data?.connected ? "has joined and is connected." : "has joined. Now start its agent: step 2."}
      </Text>
      {data?.connected && condition && <Tag tone={condition.tone}>{condition.label}</Tag>}
    </Group>
  );
}
