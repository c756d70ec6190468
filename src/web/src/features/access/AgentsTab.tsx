import { Button, Stack } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import type { JoinTokenInfo } from "~/api/schema";
import { isOutdated } from "~/features/instances/agentVersion";
import { JoinDialog } from "~/features/instances/JoinDialog";
import { instancesSummary, joinTokens } from "~/features/instances/queries";
import { Allowed } from "~/features/session/Allowed";
import { useMe } from "~/features/session/queries";
import { Card } from "~/ui/Card";
import { Empty, Loaded } from "~/ui/Faces";
import { Go } from "~/ui/Page";
import { type Column, Rows } from "~/ui/Rows";
import { Tag } from "~/ui/Status";
import { Mono } from "~/ui/Version";
import { When } from "~/ui/When";
import { ForAdmins } from "./ForAdmins";
import { Made } from "./Made";
import { useDeleteJoinToken } from "./queries";
import { Revoke } from "./Revoke";

const tokenColumns: Column<JoinTokenInfo>[] = [
  { title: "Token", kind: "heading", cell: ({ id }) => <Mono>{id}</Mono> },
  { title: "Environment", cell: ({ environment }) => environment ?? "any" },
  { title: "Uses left", kind: "numeric", cell: ({ usesLeft }) => usesLeft },
  { title: "Ends", cell: ({ expiresAt }) => <When at={expiresAt} /> },
  { title: "Made", cell: ({ createdAt, createdBy }) => <Made at={createdAt} by={createdBy} /> },
  { title: "Revoke", kind: "actions", cell: (token) => <RevokeJoinToken token={token} /> },
];

type AgentVersion = { version: string; count: number };

const versionColumns = (server: string): Column<AgentVersion>[] => [
  {
    title: "Version",
    kind: "heading",
    cell: ({ version }) => (
      <Go to="/instances" search={{ agent: version }}>
        <Mono>{version}</Mono>
      </Go>
    ),
  },
  { title: "Instances", kind: "numeric", cell: ({ count }) => count.toLocaleString("en") },
  {
    title: `Beside the server, ${server}`,
    cell: ({ version }) => (isOutdated(version, server) ? <Tag tone="warn">outdated</Tag> : <Tag tone="ok">current</Tag>),
  },
];

export function AgentsTab() {
  const [joining, { open, close }] = useDisclosure();
  return (
    <Stack gap="lg">
      <Card
        flush
        title="Join tokens"
        actions={
          <Allowed scope="admin">
            <Button size="xs" leftSection={<IconPlus size={15} />} onClick={open}>
              Join an instance
            </Button>
          </Allowed>
        }
      >
        <ForAdmins title="Join tokens are for administrators">
          <JoinTokens />
        </ForAdmins>
      </Card>
      <AgentVersions />
      <JoinDialog opened={joining} close={close} />
    </Stack>
  );
}

function JoinTokens() {
  const query = useQuery(joinTokens);
  return (
    <Loaded query={query}>
      {(tokens) =>
        tokens.length === 0 ? (
          <Empty title="No join token can be used now">
            A join token lets an agent in once. "Join an instance" makes one, and the line to run.
          </Empty>
        ) : (
          <Rows label="Join tokens" columns={tokenColumns} items={tokens} id={({ id }) => id} />
        )
      }
    </Loaded>
  );
}

function RevokeJoinToken({ token: { id, usesLeft } }: { token: JoinTokenInfo }) {
  return (
    <Revoke id={id} what={`the join token ${id}`} done="Nobody can join with that token any more." revoke={useDeleteJoinToken()}>
      {usesLeft === 1 ? "The one instance" : `The ${usesLeft} instances`} that may still join with it can not. Instances that have
      joined with it stay.
    </Revoke>
  );
}

/** Agents of which versions there are; the outdated ones are one click away. */
function AgentVersions() {
  const query = useQuery(instancesSummary({}));
  const { serverVersion } = useMe();
  return (
    <Card flush title="Agent versions">
      <Loaded query={query}>
        {({ agentVersions }) => {
          const versions = Object.entries(agentVersions)
            .map(([version, count]) => ({ version, count }))
            .sort((a, b) => b.count - a.count);
          return versions.length === 0 ? (
            <Empty title="No agent has connected yet" />
          ) : (
            <Rows label="Agent versions" columns={versionColumns(serverVersion)} items={versions} id={({ version }) => version} />
          );
        }}
      </Loaded>
    </Card>
  );
}
