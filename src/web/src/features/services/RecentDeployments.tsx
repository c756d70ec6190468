import { Text } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { DeploymentHead, DeploymentRow } from "~/features/deployments/DeploymentRow";
import { deploymentsLike } from "~/features/deployments/queries";
import { Card } from "~/ui/Card";
import { Empty, Loaded } from "~/ui/Faces";
import { Go } from "~/ui/Page";

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
            <table style={{ width: "100%" }} aria-label={`Latest deployments of ${service}`}>
              <DeploymentHead />
              <tbody>
                {pages[0].items.map((deployment) => (
                  <DeploymentRow key={deployment.id} deployment={deployment} />
                ))}
              </tbody>
            </table>
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
