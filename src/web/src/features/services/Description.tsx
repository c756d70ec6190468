import { Stack, Table, Text } from "@mantine/core";
import type { EnvironmentDefinition, ServiceDefinition } from "~/api/schema";
import { strategySaid } from "~/features/deployments/strategy";
import { Card } from "~/ui/Card";
import { Mono } from "~/ui/Version";
import { inWords } from "./inWords";

/** slipway.yaml, readable. */
export function Description({ definition }: { definition: ServiceDefinition }) {
  const environments = Object.entries(definition.environments ?? {}) as [string, EnvironmentDefinition][];
  return (
    <Stack gap="lg">
      <Card title="How it runs" flush>
        <Pairs pairs={inWords(definition)} />
      </Card>
      <Values title="Config for every environment" values={definition.config ?? {}} />
      <Values title="Files that are written into its folder" values={definition.files ?? {}} />
      {environments.map(([name, environment]) => (
        <Card key={name} title={`Different in ${name}`} flush>
          <Pairs
            pairs={[
              ...(environment.strategy
                ? ([["Changes instances", strategySaid(environment.strategy)]] as [string, string][])
                : []),
              ...(environment.autoDeployBranch
                ? ([["Takes by itself", `every new version of ${environment.autoDeployBranch}`]] as [string, string][])
                : []),
              ...(Object.entries(environment.config ?? {}) as [string, string][]),
            ]}
          />
        </Card>
      ))}
      <Text size="sm" c="dimmed">
        It is described by slipway.yaml in the service's repository and changed with slipway apply.
      </Text>
    </Stack>
  );
}

function Values({ title, values }: { title: string; values: Record<string, string> }) {
  const pairs = Object.entries(values);
  return (
    pairs.length > 0 && (
      <Card title={title} flush>
        <Pairs pairs={pairs} mono />
      </Card>
    )
  );
}

function Pairs({ pairs, mono }: { pairs: [string, string][]; mono?: boolean }) {
  return (
    <Table highlightOnHover={false}>
      <Table.Tbody>
        {pairs.map(([name, value]) => (
          <Table.Tr key={name}>
            <Table.Th scope="row" w={180} fw={500} c="dimmed" style={{ verticalAlign: "top" }}>
              {mono ? <Mono>{name}</Mono> : name}
            </Table.Th>
            <Table.Td style={{ overflowWrap: "anywhere", whiteSpace: "pre-wrap" }}>
              {mono ? <Mono truncate={false}>{value}</Mono> : value}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
