import { IconRocket } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { lazy, Suspense, useCallback, useMemo } from "react";
import type { DeploymentStatus } from "~/api/schema";
import { Card } from "~/ui/Card";
import { Empty, Failed, Waiting } from "~/ui/Faces";
import { Go, Page } from "~/ui/Page";
import { deploymentLook } from "~/ui/tone";
import { DeploymentFilters, type DeploymentSearch } from "./DeploymentFilters";
import { DeploymentList } from "./DeploymentList";
import { type DeploymentFilter, deploymentsLike } from "./queries";

const route = getRouteApi("/shell/deployments");
const Outcomes = lazy(() => import("./Outcomes").then((module) => ({ default: module.Outcomes })));

export function DeploymentsPage() {
  const search = route.useSearch();
  const navigate = useNavigate();
  const query = useInfiniteQuery(deploymentsLike(filterOf(search), 100));
  const deployments = useMemo(() => query.data?.pages.flatMap(({ items }) => items) ?? [], [query.data]);
  const change = (part: DeploymentSearch) =>
    void navigate({ to: ".", search: (before: object) => ({ ...before, ...part }), replace: true, resetScroll: false });
  const { fetchNextPage } = query;
  const loadMore = useCallback(() => void fetchNextPage(), [fetchNextPage]);

  return (
    <Page title="Deployments" wide>
      <DeploymentFilters search={search} change={change} />
      {deployments.length > 0 && (
        <Suspense fallback={<Card label="Deployments per day">{<div style={{ height: 118 }} />}</Card>}>
          <Outcomes deployments={deployments} complete={!query.hasNextPage} rated={search.status === undefined} />
        </Suspense>
      )}
      <Card label="Deployments" flush>
        {query.isPending ? (
          <Waiting rows={10} height={34} />
        ) : query.isError && deployments.length === 0 ? (
          <Failed error={query.error} retry={() => void query.refetch()} />
        ) : deployments.length === 0 ? (
          <Nothing filtered={Object.values(search).some((value) => value !== undefined)} />
        ) : (
          <DeploymentList
            deployments={deployments}
            hasMore={query.hasNextPage}
            loading={query.isFetchingNextPage}
            loadMore={loadMore}
          />
        )}
      </Card>
    </Page>
  );
}

function filterOf({ service, environment, status, by, version }: DeploymentSearch): DeploymentFilter {
  const known = status?.filter((each): each is DeploymentStatus => each in deploymentLook);
  return { service, environment, version, createdBy: by, status: known && known.length > 0 ? known : undefined };
}

function Nothing({ filtered }: { filtered: boolean }) {
  if (filtered) return <Empty title="No deployment fits">Take a filter away to see more.</Empty>;
  return (
    <Empty icon={<IconRocket size={24} />} title="Nothing has been deployed yet">
      The <Go to="/">overview</Go> shows the steps to a first deployment.
    </Empty>
  );
}
