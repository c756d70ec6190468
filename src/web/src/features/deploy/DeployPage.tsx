import { IconMapOff } from "@tabler/icons-react";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useEffect } from "react";
import { Problem } from "~/api/problem";
import type { Target } from "~/api/schema";
import { versionsOf } from "~/features/services/queries";
import { oneTarget } from "~/features/targets/queries";
import { Empty, Loaded, Waiting } from "~/ui/Faces";
import { Go, Page } from "~/ui/Page";
import { Tag } from "~/ui/Status";
import { offered } from "./choose";
import classes from "./Deploy.module.css";
import { DeployForm } from "./DeployForm";
import { VersionPicker } from "./VersionPicker";

const route = getRouteApi("/shell/targets/$service/$environment/deploy");

/** Choose a version, see what would happen, do it. */
export function DeployPage() {
  const { service, environment } = route.useParams();
  const query = useQuery(oneTarget({ service, environment }));
  const missing = query.error && Problem.of(query.error).status === 404;
  return (
    <Page
      title={`Deploy ${service} to ${environment}`}
      beside={query.data?.hold && <Tag tone="warn">on hold</Tag>}
      crumbs={[
        <Go key="home" to="/" size="sm">
          Overview
        </Go>,
        <Go key="service" to="/services/$service" params={{ service }} size="sm">
          {service}
        </Go>,
        <Go key="target" to="/targets/$service/$environment" params={{ service, environment }} size="sm">
          {environment}
        </Go>,
      ]}
    >
      {missing ? (
        <Empty icon={<IconMapOff size={24} />} title={`${service} has no target in ${environment}`}>
          The service or the environment does not exist.
        </Empty>
      ) : (
        <Loaded query={query} waiting={<Waiting rows={6} height={64} />}>
          {(target) => <Choice key={`${service}/${environment}`} target={target} />}
        </Loaded>
      )}
    </Page>
  );
}

function Choice({ target }: { target: Target }) {
  const { version, q, branch } = route.useSearch();
  const navigate = route.useNavigate();
  const offering = useOffer(target, version);
  return (
    <div className={classes.page}>
      <VersionPicker
        service={target.service}
        environment={target.environment}
        chosen={version}
        choose={(chosen) => navigate({ search: (search) => ({ ...search, version: chosen }), replace: true, resetScroll: false })}
        search={q ?? ""}
        branch={branch}
        narrow={(by) =>
          navigate({
            search: (search) => ({ ...search, q: undefined, branch: undefined, ...by }),
            replace: true,
            resetScroll: false,
          })
        }
      />
      <DeployForm target={target} version={version} offering={offering} />
    </div>
  );
}

/**
 * Puts the version that is offered into the address, once: a newer one that is published meanwhile must not slip under the button.
 * True while there may be an offer.
 */
function useOffer({ service, version: running }: Target, chosen: string | undefined): boolean {
  const navigate = route.useNavigate();
  const { data, isPending } = useInfiniteQuery(versionsOf(service));
  const offer =
    chosen === undefined && data
      ? offered(
          data.pages.flatMap((page) => page.items),
          running,
        )
      : undefined;
  useEffect(() => {
    if (offer) void navigate({ search: (search) => ({ ...search, version: offer }), replace: true, resetScroll: false });
  }, [offer, navigate]);
  return isPending || offer !== undefined;
}
