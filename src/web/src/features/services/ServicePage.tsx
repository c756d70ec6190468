import { Group, Tabs, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { Failed, Waiting } from "~/ui/Faces";
import { Go, Page } from "~/ui/Page";
import { When } from "~/ui/When";
import { ContinuousIntegration } from "./ContinuousIntegration";
import { Description } from "./Description";
import { oneService } from "./queries";
import { RecentDeployments } from "./RecentDeployments";
import { RemoveService } from "./RemoveService";
import { Versions } from "./Versions";
import { WhereItRuns } from "./WhereItRuns";

const route = getRouteApi("/shell/services/$service");
const tabs = { versions: "Versions", deployments: "Deployments", description: "Description", ci: "From CI" } as const;

/** One service: its versions, where each of them runs, what was deployed, how it is described, and how CI reaches it. */
export function ServicePage() {
  const { service: name } = route.useParams();
  const { tab = "versions" } = route.useSearch();
  const query = useQuery(oneService(name));
  const navigate = useNavigate();
  const service = query.data;

  return (
    <Page
      title={name}
      crumbs={[
        <Go key="home" to="/">
          Services
        </Go>,
      ]}
      lead={
        service && (
          <Group gap="0 20px">
            {service.definition.description && <Text span>{service.definition.description}</Text>}
            {service.definition.team && <Text span>team {service.definition.team}</Text>}
            <Text span>
              description changed <When at={service.updatedAt} />
            </Text>
          </Group>
        )
      }
      actions={service && <RemoveService name={name} />}
    >
      {query.isError && !service && <Failed error={query.error} retry={() => void query.refetch()} />}
      {query.isPending && <Waiting />}
      {service && (
        <>
          <WhereItRuns service={name} />
          <Tabs
            value={tab}
            onChange={(to) => navigate({ to: ".", search: { tab: to as keyof typeof tabs }, replace: true })}
            keepMounted={false}
          >
            <Tabs.List mb="md">
              {Object.entries(tabs).map(([value, label]) => (
                <Tabs.Tab key={value} value={value}>
                  {label}
                </Tabs.Tab>
              ))}
            </Tabs.List>
            <Tabs.Panel value="versions">
              <Versions service={name} />
            </Tabs.Panel>
            <Tabs.Panel value="deployments">
              <RecentDeployments service={name} />
            </Tabs.Panel>
            <Tabs.Panel value="description">
              <Description definition={service.definition} />
            </Tabs.Panel>
            <Tabs.Panel value="ci">
              <ContinuousIntegration definition={service.definition} />
            </Tabs.Panel>
          </Tabs>
        </>
      )}
    </Page>
  );
}
