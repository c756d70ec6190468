import { Button, Table, Text, VisuallyHidden } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { notifications } from "@mantine/notifications";
import { IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import type { Token } from "~/api/schema";
import { useMe } from "~/features/session/queries";
import { Ask } from "~/ui/Ask";
import { Card } from "~/ui/Card";
import { Empty, Loaded } from "~/ui/Faces";
import { Tag } from "~/ui/Status";
import { useNow } from "~/ui/time";
import { When } from "~/ui/When";
import { CreateTokenDialog } from "./CreateTokenDialog";
import { expiryOf } from "./expiry";
import { allTokens, useRevokeToken } from "./queries";
import { scopes } from "./scopes";

export function TokensTab() {
  const query = useQuery(allTokens);
  const [creating, { open, close }] = useDisclosure();
  return (
    <>
      <Card
        flush
        title="Tokens"
        actions={
          <Button size="xs" leftSection={<IconPlus size={15} />} onClick={open}>
            Make a token
          </Button>
        }
      >
        <Loaded query={query}>
          {(tokens) => (tokens.length === 0 ? <Empty title="There is no token" /> : <TokenTable tokens={tokens} />)}
        </Loaded>
      </Card>
      <CreateTokenDialog opened={creating} close={close} />
    </>
  );
}

function TokenTable({ tokens }: { tokens: Token[] }) {
  return (
    <Table horizontalSpacing="md" miw={860}>
      <Table.Thead>
        <Table.Tr>
          {["Name", "Scope", "Limited to", "Ends", "Last used", "Made"].map((title) => (
            <Table.Th key={title}>{title}</Table.Th>
          ))}
          <Table.Th>
            <VisuallyHidden>Revoke</VisuallyHidden>
          </Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {tokens.map((token) => (
          <TokenRow key={token.id} token={token} />
        ))}
      </Table.Tbody>
    </Table>
  );
}

function TokenRow({ token }: { token: Token }) {
  const me = useMe();
  const limits = [...((token.services ?? []) as string[]), ...((token.environments ?? []) as string[])];
  return (
    <Table.Tr>
      <Table.Td fw={600} style={{ overflowWrap: "anywhere" }}>
        {token.name}
        {token.name === me.name && (
          <Text span size="xs" c="dimmed">
            {" "}
            you
          </Text>
        )}
      </Table.Td>
      <Table.Td title={scopes[token.scope].may}>{token.scope}</Table.Td>
      <Table.Td>
        {limits.length > 0 ? (
          limits.join(", ")
        ) : (
          <Text span inherit c="dimmed">
            nothing
          </Text>
        )}
      </Table.Td>
      <Table.Td>
        <Ends expiresAt={token.expiresAt} />
      </Table.Td>
      <Table.Td>
        {token.lastUsedAt ? (
          <When at={token.lastUsedAt} />
        ) : (
          <Text span inherit c="dimmed">
            never
          </Text>
        )}
      </Table.Td>
      <Table.Td>
        <When at={token.createdAt} />
        {token.createdBy && (
          <Text size="xs" c="dimmed">
            by {token.createdBy}
          </Text>
        )}
      </Table.Td>
      <Table.Td ta="right">
        <Revoke token={token} mine={token.name === me.name} />
      </Table.Td>
    </Table.Tr>
  );
}

export function Ends({ expiresAt }: { expiresAt?: string | null }) {
  const { tone, soon, over } = expiryOf(expiresAt, useNow());
  if (!expiresAt)
    return (
      <Text span inherit c="dimmed">
        never
      </Text>
    );
  if (soon || over)
    return (
      <Tag tone={tone}>
        <When at={expiresAt} />
      </Tag>
    );
  return <When at={expiresAt} />;
}

function Revoke({ token, mine }: { token: Token; mine: boolean }) {
  const [opened, { open, close }] = useDisclosure();
  const revoke = useRevokeToken();
  const act = () =>
    revoke.mutate(token.id, {
      onSuccess: () => {
        close();
        notifications.show({ color: "teal", message: `The token ${token.name} is revoked.` });
      },
    });
  return (
    <>
      <Button variant="subtle" size="compact-sm" c="var(--bad)" onClick={open} aria-label={`Revoke ${token.name}`}>
        Revoke
      </Button>
      <Ask
        opened={opened}
        close={close}
        title={`Revoke ${token.name}`}
        action="Revoke the token"
        danger
        pending={revoke.isPending}
        error={revoke.error}
        act={act}
      >
        Whoever uses it is refused at once, on other nodes of a cluster within ten seconds. It can not be given back: they need a
        new token.{" "}
        {token.lastUsedAt ? (
          <>
            It was last used <When at={token.lastUsedAt} />.
          </>
        ) : (
          "It was never used."
        )}
        {mine && (
          <Text size="sm" mt="xs" c="var(--bad)">
            It has the name of the token you are signed in with. If it is that one, you are signed out.
          </Text>
        )}
      </Ask>
    </>
  );
}
