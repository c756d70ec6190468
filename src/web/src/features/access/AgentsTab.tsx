import { Button, Stack, Table, Text, VisuallyHidden } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { notifications } from "@mantine/notifications";
import { IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import type { JoinTokenInfo } from "~/api/schema";
import { isOutdated } from "~/features/instances/agentVersion";
import { JoinDialog } from "~/features/instances/JoinDialog";
import { instancesSummary, joinTokens } from "~/features/instances/queries";
import { Allowed } from "~/features/session/Allowed";
import { useMe } from "~/features/session/queries";
import { Ask } from "~/ui/Ask";
import { Card } from "~/ui/Card";
import { Empty, Loaded } from "~/ui/Faces";
import { Go } from "~/ui/Page";
import { Tag } from "~/ui/Status";
import { Mono } from "~/ui/Version";
import { When } from "~/ui/When";
import { ForAdmins } from "./ForAdmins";
import { useDeleteJoinToken } from "./queries";

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
          <Table horizontalSpacing="md" miw={680}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>Token</Table.Th>
                <Table.Th>Environment</Table.Th>
                <Table.Th ta="right">Uses left</Table.Th>
                <Table.Th>Ends</Table.Th>
                <Table.Th>Made</Table.Th>
                <Table.Th>
                  <VisuallyHidden>Revoke</VisuallyHidden>
                </Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {tokens.map((token) => (
                <JoinTokenRow key={token.id} token={token} />
              ))}
            </Table.Tbody>
          </Table>
        )
      }
    </Loaded>
  );
}

function JoinTokenRow({ token }: { token: JoinTokenInfo }) {
  return (
    <Table.Tr>
      <Table.Td>
        <Mono>{token.id}</Mono>
      </Table.Td>
      <Table.Td>{token.environment ?? "any"}</Table.Td>
      <Table.Td ta="right">{token.usesLeft}</Table.Td>
      <Table.Td>
        <When at={token.expiresAt} />
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
        <RevokeJoinToken token={token} />
      </Table.Td>
    </Table.Tr>
  );
}

function RevokeJoinToken({ token }: { token: JoinTokenInfo }) {
  const [opened, { open, close }] = useDisclosure();
  const remove = useDeleteJoinToken();
  const act = () =>
    remove.mutate(token.id, {
      onSuccess: () => {
        close();
        notifications.show({ color: "teal", message: "Nobody can join with that token any more." });
      },
    });
  return (
    <>
      <Button variant="subtle" size="compact-sm" c="var(--bad)" onClick={open} aria-label={`Revoke the join token ${token.id}`}>
        Revoke
      </Button>
      <Ask
        opened={opened}
        close={close}
        title="Revoke the join token"
        action="Revoke the join token"
        danger
        pending={remove.isPending}
        error={remove.error}
        act={act}
      >
        {Number(token.usesLeft) === 1 ? "The one instance" : `The ${token.usesLeft} instances`} that may still join with it can
        not. Instances that have joined with it stay.
      </Ask>
    </>
  );
}

/** Agents of which versions there are; the outdated ones are one click away. */
function AgentVersions() {
  const query = useQuery(instancesSummary({}));
  const { serverVersion } = useMe();
  return (
    <Card flush title="Agent versions">
      <Loaded query={query}>
        {({ agentVersions }) =>
          Object.keys(agentVersions).length === 0 ? (
            <Empty title="No agent has connected yet" />
          ) : (
            <Table horizontalSpacing="md">
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>Version</Table.Th>
                  <Table.Th ta="right">Instances</Table.Th>
                  <Table.Th>Beside the server, {serverVersion}</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {Object.entries(agentVersions)
                  .sort(([, a], [, b]) => b - a)
                  .map(([version, count]) => (
                    <Table.Tr key={version}>
                      <Table.Td>
                        <Go to="/instances" search={{ agent: version }}>
                          <Mono>{version}</Mono>
                        </Go>
                      </Table.Td>
                      <Table.Td ta="right">{count.toLocaleString("en")}</Table.Td>
                      <Table.Td>
                        {isOutdated(version, serverVersion) ? <Tag tone="warn">outdated</Tag> : <Tag tone="ok">current</Tag>}
                      </Table.Td>
                    </Table.Tr>
                  ))}
              </Table.Tbody>
            </Table>
          )
        }
      </Loaded>
    </Card>
  );
}
