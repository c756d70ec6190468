import { Table, Text } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { deploymentsLike } from "~/features/deployments/queries";
import { Card } from "~/ui/Card";
import { Empty, Loaded } from "~/ui/Faces";
import { Go } from "~/ui/Page";
import { DeploymentTag } from "~/ui/Status";
import { Mono } from "~/ui/Version";
import { Elapsed, When } from "~/ui/When";

export function RecentDeployments({ service }: { service: string }) {
  const query = useInfiniteQuery(deploymentsLike({ service }, 20));
  return (
    <Card
      flush
      title="Latest deployments"
      actions={
        <Go to="/deployments" search={{ service }} size="sm">
          All of them
        </Go>
      }
    >
      <Loaded query={query}>
        {({ pages }) =>
          pages[0]?.items.length ? (
            <Table miw={640}>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>Status</Table.Th>
                  <Table.Th>Version</Table.Th>
                  <Table.Th>Environment</Table.Th>
                  <Table.Th>By</Table.Th>
                  <Table.Th>When</Table.Th>
                  <Table.Th ta="right">Took</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {pages[0].items.map((deployment) => (
                  <Table.Tr key={deployment.id}>
                    <Table.Td>
                      <DeploymentTag deployment={deployment} />
                    </Table.Td>
                    <Table.Td>
                      <Go to="/deployments/$deployment" params={{ deployment: deployment.id }}>
                        <Mono>{deployment.version}</Mono>
                      </Go>
                    </Table.Td>
                    <Table.Td>{deployment.environment}</Table.Td>
                    <Table.Td>{deployment.automatic ? "by itself" : deployment.createdBy}</Table.Td>
                    <Table.Td>
                      <When at={deployment.createdAt} />
                    </Table.Td>
                    <Table.Td ta="right">
                      {deployment.startedAt && <Elapsed from={deployment.startedAt} to={deployment.finishedAt} />}
                    </Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          ) : (
            <Empty title="Nothing was deployed yet">
              <Text size="sm">Publish a version, then deploy it from here or with slipway deploy.</Text>
            </Empty>
          )
        }
      </Loaded>
    </Card>
  );
}
