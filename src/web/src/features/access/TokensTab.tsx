import { Button, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import type { Token } from "~/api/schema";
import { useMe } from "~/features/session/queries";
import { Card } from "~/ui/Card";
import { Empty, Loaded } from "~/ui/Faces";
import { type Column, Rows } from "~/ui/Rows";
import { Tag } from "~/ui/Status";
import { useNow } from "~/ui/time";
import { When } from "~/ui/When";
import { CreateTokenDialog } from "./CreateTokenDialog";
import { expiryOf } from "./expiry";
import { Faint, Made } from "./Made";
import { allTokens, useRevokeToken } from "./queries";
import { Revoke } from "./Revoke";
import { scopes } from "./scopes";

const columns: Column<Token>[] = [
  { title: "Name", kind: "heading", cell: (token) => <Name token={token} /> },
  { title: "Scope", cell: ({ scope }) => <span title={scopes[scope].may}>{scope}</span> },
  { title: "Limited to", cell: (token) => limitsOf(token) || <Faint>nothing</Faint> },
  { title: "Ends", cell: ({ expiresAt }) => <Ends expiresAt={expiresAt} /> },
  { title: "Last used", cell: ({ lastUsedAt }) => (lastUsedAt ? <When at={lastUsedAt} /> : <Faint>never</Faint>) },
  { title: "Made", cell: ({ createdAt, createdBy }) => <Made at={createdAt} by={createdBy} /> },
  { title: "Revoke", kind: "actions", cell: (token) => <RevokeToken token={token} /> },
];

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
          {(tokens) =>
            tokens.length === 0 ? (
              <Empty title="There is no token" />
            ) : (
              <Rows label="Tokens" columns={columns} items={tokens} id={({ id }) => id} />
            )
          }
        </Loaded>
      </Card>
      <CreateTokenDialog opened={creating} close={close} />
    </>
  );
}

function limitsOf({ services, environments }: Token): string {
  return [...((services ?? []) as string[]), ...((environments ?? []) as string[])].join(", ");
}

function Name({ token: { name } }: { token: Token }) {
  const me = useMe();
  return (
    <>
      {name}
      {name === me.name && (
        <Text span size="xs" c="dimmed">
          {" "}
          you
        </Text>
      )}
    </>
  );
}

export function Ends({ expiresAt }: { expiresAt?: string | null }) {
  const { tone, soon, over } = expiryOf(expiresAt, useNow());
  if (!expiresAt) return <Faint>never</Faint>;
  if (soon || over)
    return (
      <Tag tone={tone}>
        <When at={expiresAt} />
      </Tag>
    );
  return <When at={expiresAt} />;
}

function RevokeToken({ token: { id, name, lastUsedAt } }: { token: Token }) {
  const mine = name === useMe().name;
  return (
    <Revoke id={id} what={`the token ${name}`} done={`The token ${name} is revoked.`} revoke={useRevokeToken()}>
      Whoever uses it is refused at once, on other nodes of a cluster within ten seconds. It can not be given back: they need a
      new token.{" "}
      {lastUsedAt ? (
        <>
          It was last used <When at={lastUsedAt} />.
        </>
      ) : (
        "It was never used."
      )}
      {mine && (
        <Text size="sm" mt="xs" c="var(--bad)">
          It has the name of the token you are signed in with. If it is that one, you are signed out.
        </Text>
      )}
    </Revoke>
  );
}
