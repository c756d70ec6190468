import { Group, VisuallyHidden } from "@mantine/core";
import { IconArrowBackUp, IconInfoCircle } from "@tabler/icons-react";
import { type UseQueryResult, useQuery } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { lazy, type ReactNode, Suspense, useMemo } from "react";
import { persistently } from "~/api/persistently";
import type { Deployment, DeploymentEvent, DeploymentVerdict } from "~/api/schema";
import { Groups } from "~/features/groups/Groups";
import { useComesInGroups } from "~/features/services/useComesInGroups";
import { isWorthSaying, verdictOf } from "~/features/verdicts/queries";
import { Card } from "~/ui/Card";
import { Failed, Loaded, Waiting } from "~/ui/Faces";
import { Go, Page } from "~/ui/Page";
import { DeploymentTag } from "~/ui/Status";
import { isUnderWay } from "~/ui/tone";
import { When } from "~/ui/When";
import { Approvals } from "./Approval";
import { Board } from "./Board";
import { groupsOf } from "./board";
import { Cause } from "./Cause";
import { Changes } from "./Changes";
import classes from "./Deployment.module.css";
import { DeploymentControls } from "./DeploymentControls";
import { Lead, TimeSoFar } from "./Lead";
import { MemberDrawer } from "./MemberDrawer";
import { NextSteps } from "./NextSteps";
import { Notice } from "./Notice";
import { eventsOf, oneDeployment, progressOf } from "./queries";
import { StageDetails } from "./StageDetails";
import { StageLine } from "./StageLine";
import { OutsideLinks, StageWork } from "./StageWork";
import { Story } from "./Story";
import { announcement, stateOf, tabTitle, whatOf } from "./said";
import { stagesOf } from "./stages";
import { askedBy } from "./story";
import { useTab } from "./useTab";

const route = getRouteApi("/shell/deployments/$deployment");
const Verdict = lazy(async () => ({ default: (await persistently(() => import("~/features/verdicts/Verdict"))).Verdict }));

export function DeploymentPage() {
  const { deployment: id } = route.useParams();
  const deployment = useQuery(oneDeployment(id));
  if (deployment.data) return <Follow key={id} deployment={deployment.data} />;
  return (
    <Page title={`Deployment ${id}`} crumbs={crumbs}>
      {deployment.isError ? (
        <Failed error={deployment.error} retry={() => void deployment.refetch()} />
      ) : (
        <Card label="Loading">
          <Waiting rows={6} height={48} />
        </Card>
      )}
    </Page>
  );
}

const crumbs = [
  <Go key="deployments" to="/deployments" size="sm">
    Deployments
  </Go>,
];

function Follow({ deployment }: { deployment: Deployment }) {
  const progress = useQuery(progressOf(deployment.id));
  const events = useQuery(eventsOf(deployment.id));
  const verdict = useQuery(verdictOf(deployment));
  const isBad = verdict.data?.answer === "fail" && !verdict.data.dryRun;
  const stages = useMemo(() => stagesOf(deployment, progress.data, events.data), [deployment, progress.data, events.data]);
  const groups = useMemo(() => groupsOf(deployment, stages, progress.data ?? []), [deployment, stages, progress.data]);
  const { instance, stage, choose } = useChoice();
  useTab(tabTitle(deployment), stateOf(deployment).tone);
  const chosen = stages.find(({ name }) => name === stage);

  return (
    <Page
      title={whatOf(deployment)}
      beside={<DeploymentTag deployment={deployment} />}
      lead={<Lead deployment={deployment} />}
      crumbs={crumbs}
      actions={<DeploymentControls deployment={deployment} stages={stages} />}
      wide
    >
      <VisuallyHidden role="status" aria-live="polite">
        {announcement(deployment, verdict.data)}
      </VisuallyHidden>
      {deployment.failure && <Cause deployment={deployment} stages={stages} open={(name) => choose({ instance: name })} />}
      {!deployment.failure && <Asked event={askedBy(events.data ?? [])} />}
      {isBad && <Healthy deployment={deployment} query={verdict} />}
      <Approvals deployment={deployment} stages={stages} />
      <NextSteps deployment={deployment} />
      <Warnings deployment={deployment} />
      <Card
        title="Stages"
        flush
        actions={
          <Group gap="4px 16px">
            <OutsideLinks stages={stages} />
            <TimeSoFar deployment={deployment} />
          </Group>
        }
      >
        <StageLine stages={stages} selected={stage} select={(name) => choose({ stage: name })} />
        {chosen && <StageDetails stage={chosen} close={() => choose({ stage: undefined })} />}
        <StageWork stages={stages} selected={stage} />
      </Card>
      {!isBad && <Healthy deployment={deployment} query={verdict} />}
      <div className={classes.room}>
        <div className={classes.columns}>
          <div className={classes.column}>
            <WhatItChanges deployment={deployment}>
              <Loaded query={progress} waiting={<Waiting rows={6} height={64} />}>
                {() => (
                  <Board
                    groups={groups}
                    stage={chosen?.name}
                    selected={instance}
                    open={(name) => choose({ instance: name })}
                    clearStage={() => choose({ stage: undefined })}
                  />
                )}
              </Loaded>
            </WhatItChanges>
          </div>
          <div className={classes.column}>
            <Loaded query={events} waiting={<Waiting rows={8} height={28} />}>
              {(all) => <Story deployment={deployment} events={all} />}
            </Loaded>
            <Changes deployment={deployment} />
          </div>
        </div>
      </div>
      <MemberDrawer
        deployment={deployment}
        instance={instance}
        tile={groups.flatMap(({ tiles }) => tiles).find((tile) => tile.instance === instance)}
        close={() => choose({ instance: undefined })}
      />
    </Page>
  );
}

/** Whether the version is healthy: before everything else where it is not, quiet where nothing is wrong. Loaded on its own. */
function Healthy({ deployment, query }: { deployment: Deployment; query: UseQueryResult<DeploymentVerdict | null> }) {
  if (query.isError && !query.data)
    return (
      <Card title="Is it healthy?">
        <Failed error={query.error} retry={() => void query.refetch()} />
      </Card>
    );
  if (!query.data || !isWorthSaying(deployment, query.data)) return null;
  return (
    <Suspense fallback={null}>
      <Verdict deployment={deployment} verdict={query.data} />
    </Suspense>
  );
}

/** The instances of the plan, or, where they come and go with their version, the groups side by side. */
function WhatItChanges({ deployment, children }: { deployment: Deployment; children: ReactNode }) {
  const { service, environment, version, status, plan } = deployment;
  const inGroups = useComesInGroups(service);
  if (!inGroups || plan.stages.some(({ instances }) => instances && instances.length > 0)) return children;
  const changing = isUnderWay(status);
  return <Groups service={service} environment={environment} changing={changing} coming={changing ? version : undefined} />;
}

/** What is chosen is in the URL, so that a link opens at the same place. */
function useChoice() {
  const { instance, stage } = route.useSearch();
  const navigate = useNavigate();
  const choose = (choice: { instance?: string; stage?: string }) =>
    void navigate({ to: ".", search: (before: object) => ({ ...before, ...choice }), replace: true, resetScroll: false });
  return { instance, stage, choose };
}

function Asked({ event }: { event: DeploymentEvent | undefined }) {
  if (!event) return null;
  return (
    <Notice icon={<IconArrowBackUp size={20} />} title={event.message}>
      <When at={event.time} />. Nothing had failed by itself.
    </Notice>
  );
}

function Warnings({ deployment: { plan, status } }: { deployment: Deployment }) {
  const warnings = plan.warnings ?? [];
  if (warnings.length === 0 || !isUnderWay(status)) return null;
  return (
    <Notice icon={<IconInfoCircle size={20} />} title="Good to know">
      {warnings.map((warning) => (
        <div key={warning}>{warning}</div>
      ))}
    </Notice>
  );
}
