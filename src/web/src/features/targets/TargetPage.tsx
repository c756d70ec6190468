import { useDisclosure } from "@mantine/hooks";
import { IconMapOff } from "@tabler/icons-react";
import { usePrefetchQuery, useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { Problem } from "~/api/problem";
import type { Target } from "~/api/schema";
import { oneDeployment } from "~/features/deployments/queries";
import { Groups } from "~/features/groups/Groups";
import { useComesInGroups } from "~/features/services/useComesInGroups";
import { Empty, Loaded, Waiting } from "~/ui/Faces";
import { Go, Page } from "~/ui/Page";
import { Tag } from "~/ui/Status";
import { Actions } from "./Actions";
import { Behind } from "./Behind";
import { Config } from "./Config";
import { History } from "./History";
import { Instances } from "./Instances";
import { LiveStrips } from "./LiveStrip";
import { MemberDrawer } from "./MemberDrawer";
import { instancesOf, oneTarget } from "./queries";
import { Runs } from "./Runs";
import { Switches } from "./Switches";
import classes from "./Target.module.css";

const route = getRouteApi("/shell/targets/$service/$environment");

/** One service in one environment: what runs, whether it is well, and what can be done. */
export function TargetPage() {
  const { service, environment } = route.useParams();
  const query = useQuery(oneTarget({ service, environment }));
  const target = query.data;
  const missing = query.error && Problem.of(query.error).status === 404;
  return (
    <Page
      wide
      title={`${service} in ${environment}`}
      beside={target?.hold && <Tag tone="warn">on hold</Tag>}
      crumbs={[
        <Go key="home" to="/" size="sm">
          Overview
        </Go>,
        <Go key="service" to="/services/$service" params={{ service }} size="sm">
          {service}
        </Go>,
      ]}
      actions={target && <Actions target={target} />}
    >
      {missing ? (
        <Empty icon={<IconMapOff size={24} />} title={`${service} has no target in ${environment}`}>
          The service or the environment does not exist, or it was never deployed there.
        </Empty>
      ) : (
        <Loaded query={query} waiting={<Waiting rows={4} height={120} />}>
          {(target) => <Parts key={`${service}/${environment}`} target={target} />}
        </Loaded>
      )}
    </Page>
  );
}

function Parts({ target }: { target: Target }) {
  const { instance } = route.useSearch();
  const navigate = route.useNavigate();
  const [config, { open: showConfig, close: hideConfig }] = useDisclosure();
  const look = (name: string | undefined) =>
    navigate({ search: (search) => ({ ...search, instance: name }), replace: name === undefined, resetScroll: false });
  return (
    <>
      <LiveStrips target={target} />
      <div className={classes.room}>
        <div className={classes.page}>
          <div className={classes.runs}>
            <Runs target={target} showConfig={showConfig} />
          </div>
          <div className={classes.instances}>
            <WhatThereIs target={target} open={look} />
          </div>
          <div className={classes.side}>
            {target.behind && <Behind target={target} behind={target.behind} />}
            <Switches target={target} />
          </div>
          <div className={classes.history}>
            <History target={target} />
          </div>
        </div>
      </div>
      <Config target={target} opened={config} close={hideConfig} />
      <MemberDrawer name={instance} service={target.service} environment={target.environment} close={() => look(undefined)} />
    </>
  );
}

/** The instances that stay and run agents, or the groups that come and go with their version. */
function WhatThereIs({ target, open }: { target: Target; open: (instance: string) => void }) {
  const inGroups = useComesInGroups(target.service);
  // Most have agents: asked for at the same time.
  usePrefetchQuery(instancesOf(target));
  if (inGroups === undefined) return <Waiting rows={2} height={84} />;
  if (!inGroups) return <Instances target={target} open={open} />;
  return <GroupsHere target={target} />;
}

function GroupsHere({ target: { service, environment, runningDeployment } }: { target: Target }) {
  const running = useQuery({ ...oneDeployment(runningDeployment ?? ""), enabled: runningDeployment != null }).data;
  return (
    <Groups
      service={service}
      environment={environment}
      changing={runningDeployment != null}
      coming={runningDeployment != null ? running?.version : undefined}
    />
  );
}
