import { Anchor, SimpleGrid, Stack, Table, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useMe } from "~/features/session/queries";
import { Card } from "~/ui/Card";
import { Command } from "~/ui/Command";
import { Page } from "~/ui/Page";
import { Dot } from "~/ui/Status";
import { When } from "~/ui/When";
import { readiness } from "./queries";

const shortcuts: [keys: string, does: string][] = [
  ["Ctrl K  or  /", "go anywhere, deploy anything"],
  ["← ↑ ↓ →", "move through the overview"],
  ["Enter", "open what is chosen"],
  ["Esc", "close what is open"],
];

/** Which server this is, who one is for it, and the other ways to use it. */
export function AboutPage() {
  const me = useMe();
  return (
    <Page title="About Slipway" lead="The one place where deployments are started, controlled, verified and recorded.">
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg">
        <Card title="This server" flush>
          <Facts
            facts={[
              ["Version", me.serverVersion],
              ["Address", location.origin],
              ["State", <State key="state" />],
              ["Id", me.serverId],
            ]}
          />
        </Card>
        <Card title="You" flush>
          <Facts
            facts={[
              ["Token", me.name],
              ["Scope", me.scope],
              ["Services", me.services?.join(", ") ?? "all"],
              ["Environments", me.environments?.join(", ") ?? "all"],
              ["Expires", me.expiresAt ? <When key="expires" at={me.expiresAt} /> : "never"],
            ]}
          />
        </Card>
        <Card title="Other ways to use it">
          <Stack gap="sm">
            <Text size="sm">
              Everything here goes through one HTTP API, and you may use it too: <Anchor href="/docs">documentation</Anchor>,{" "}
              <Anchor href="/openapi/v1.json">OpenAPI</Anchor>, <Anchor href="/metrics">metrics</Anchor>.
            </Text>
            <Text size="sm">On the command line:</Text>
            <Command>{`export SLIPWAY_SERVER=${location.origin}\nslipway login\nslipway status`}</Command>
          </Stack>
        </Card>
        <Card title="Keyboard" flush>
          <Facts facts={shortcuts} />
        </Card>
      </SimpleGrid>
    </Page>
  );
}

function Facts({ facts }: { facts: [name: string, value: React.ReactNode][] }) {
  return (
    <Table highlightOnHover={false} withRowBorders>
      <Table.Tbody>
        {facts.map(([name, value]) => (
          <Table.Tr key={name}>
            <Table.Th scope="row" w={140} fw={500} c="dimmed">
              {name}
            </Table.Th>
            <Table.Td style={{ overflowWrap: "anywhere" }}>{value}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

function State() {
  const { data } = useQuery(readiness);
  if (data === undefined) return "…";
  return (
    <>
      <Dot tone={data ? "ok" : "bad"} /> {data ? "ready" : "not ready"}
    </>
  );
}
