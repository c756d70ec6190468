import { Button, Center } from "@mantine/core";
import { IconHistory } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import type { Deployment, Target } from "~/api/schema";
import { deploymentsLike } from "~/features/deployments/queries";
import { Card } from "~/ui/Card";
import { Empty, Failed, Waiting } from "~/ui/Faces";
import { Go } from "~/ui/Page";
import { DeploymentTag } from "~/ui/Status";
import { deploymentLook } from "~/ui/tone";
import { Mono } from "~/ui/Version";
import { Elapsed, When } from "~/ui/When";
import classes from "./History.module.css";
import { duration } from "./history";

/** The deployments of this target, newest first, with how long each took beside the others. */
export function History({ target: { service, environment } }: { target: Target }) {
  const query = useInfiniteQuery(deploymentsLike({ service, environment }, 15));
  const all = query.data?.pages.flatMap((page) => page.items) ?? [];
  const longest = Math.max(1, ...all.map((each) => duration(each) ?? 0));
  return (
    <Card
      title="History"
      flush
      actions={
        all.length > 0 && (
          <Go to="/deployments" search={{ service, environment }} size="sm">
            All deployments
          </Go>
        )
      }
    >
      {query.isPending && <Waiting rows={5} height={28} />}
      {query.isError && all.length === 0 && <Failed error={query.error} retry={() => void query.refetch()} />}
      {query.isSuccess && all.length === 0 && (
        <Empty icon={<IconHistory size={24} />} title="No deployment yet">
          What is deployed here is listed here, with who did it and how it went.
        </Empty>
      )}
      {all.length > 0 && (
        <ol className={classes.list} aria-label="Deployments, newest first">
          {all.map((deployment) => (
            <Item key={deployment.id} deployment={deployment} longest={longest} />
          ))}
        </ol>
      )}
      {query.hasNextPage && (
        <Center p="sm">
          <Button variant="default" size="xs" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            Show older ones
          </Button>
        </Center>
      )}
    </Card>
  );
}

function Item({ deployment, longest }: { deployment: Deployment; longest: number }) {
  const { id, version, createdBy, createdAt, startedAt, finishedAt, status, reason, failure, automatic } = deployment;
  const took = duration(deployment);
  const more = failure?.reason ?? reason;
  return (
    <li className={classes.item}>
      <span className={classes.status}>
        <DeploymentTag deployment={deployment} />
      </span>
      <Go to="/deployments/$deployment" params={{ deployment: id }} size="sm" truncate>
        <Mono>{version}</Mono>
      </Go>
      <span className={classes.time}>
        <span className={classes.bar} aria-hidden>
          {took !== undefined && <span data-tone={deploymentLook[status].tone} style={{ width: `${(100 * took) / longest}%` }} />}
        </span>
        <span className={classes.right}>{startedAt && <Elapsed from={startedAt} to={finishedAt} />}</span>
      </span>
      <span className={classes.by} title={createdBy}>
        {automatic ? "automatic" : createdBy}
      </span>
      <span className={`${classes.right} ${classes.when}`}>
        <When at={createdAt} />
      </span>
      {more && <span className={classes.more}>{more}</span>}
    </li>
  );
}
