import { Button } from "@mantine/core";
import { IconArrowBackUp, IconRefresh, IconRocket } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import type { Deployment, Plan, Target } from "~/api/schema";
import { Allowed } from "~/features/session/Allowed";
import { Ask } from "~/ui/Ask";
import { GoButton } from "~/ui/GoButton";
import { Mono } from "~/ui/Version";
import { PlanSummary, planIn } from "./PlanSummary";
import { restartPlan, rollbackPlan, useRestartTarget, useRollBackTarget } from "./queries";
import classes from "./Target.module.css";
import { useAsking } from "./useAsking";
import { useTypedWord } from "./useTypedWord";

const icon = { size: 16, "aria-hidden": true } as const;

/** Deploy, roll back, restart. Each shows what it will do before it does it. */
export function Actions({ target }: { target: Target }) {
  const { service, environment } = target;
  return (
    <>
      <Restart target={target} />
      <RollBack target={target} />
      <Allowed scope="deploy" service={service} environment={environment}>
        <GoButton
          to="/targets/$service/$environment/deploy"
          params={{ service, environment }}
          leftSection={<IconRocket {...icon} />}
          className={classes.action}
        >
          Deploy
        </GoButton>
      </Allowed>
    </>
  );
}

function RollBack({ target }: { target: Target }) {
  const { service, environment, previousVersion, runningDeployment } = target;
  const rollBack = useRollBackTarget(target);
  const asking = useAsking(rollBack.reset);
  const plan = useQuery({ ...rollbackPlan(target), enabled: asking.opened, retry: false });
  const typed = useTypedWord(target);
  const begun = useBegun(asking.close);
  return (
    <>
      <Allowed
        scope="deploy"
        service={service}
        environment={environment}
        unless={!previousVersion && !runningDeployment && "There is no version before this one to go back to."}
      >
        <Button variant="default" className={classes.action} leftSection={<IconArrowBackUp {...icon} />} onClick={asking.open}>
          Roll back…
        </Button>
      </Allowed>
      <Ask
        opened={asking.opened}
        close={asking.close}
        title={`Roll back ${service} in ${environment}`}
        action={runningDeployment ? "Take the deployment back" : `Roll back to ${goal(plan.data) ?? previousVersion ?? ""}`}
        danger
        typed={typed}
        reason="optional"
        blocked={!plan.data}
        pending={rollBack.isPending}
        error={rollBack.error}
        act={(reason) => rollBack.mutate({ key: asking.key, reason }, { onSuccess: begun })}
      >
        <PlanSummary
          query={plan}
          lead={({ changes }) => (
            <>
              {runningDeployment && "The deployment under way is taken back. "}
              <Mono>{changes.fromVersion ?? "Nothing"}</Mono> → <Mono fw={600}>{changes.toVersion}</Mono>
              {", without canaries and soaks. Then the target is on hold until somebody deploys again."}
            </>
          )}
        />
      </Ask>
    </>
  );
}

function Restart({ target }: { target: Target }) {
  const { service, environment, version, instances } = target;
  const restart = useRestartTarget(target);
  const asking = useAsking(restart.reset);
  const plan = useQuery({ ...restartPlan(target), enabled: asking.opened });
  const typed = useTypedWord(target);
  const begun = useBegun(asking.close);
  return (
    <>
      <Allowed
        scope="deploy"
        service={service}
        environment={environment}
        unless={(!version && "Nothing runs here yet.") || (instances.connected === 0 && "No instance is connected.")}
      >
        <Button variant="default" className={classes.action} leftSection={<IconRefresh {...icon} />} onClick={asking.open}>
          Restart…
        </Button>
      </Allowed>
      <Ask
        opened={asking.opened}
        close={asking.close}
        title={`Restart ${service} in ${environment}`}
        action="Restart"
        typed={typed}
        reason="optional"
        blocked={!plan.data}
        pending={restart.isPending}
        error={restart.error}
        act={(reason) => restart.mutate({ key: asking.key, reason }, { onSuccess: begun })}
      >
        <PlanSummary
          query={plan}
          lead={() => (
            <>
              <Mono fw={600}>{version ?? ""}</Mono> stays; each instance is drained, stopped, started and must be healthy before
              the next batch begins.
            </>
          )}
        />
      </Ask>
    </>
  );
}

function goal(answer: Parameters<typeof planIn>[0]): string | undefined {
  return planIn(answer)?.changes.toVersion;
}

/** To the deployment that was just begun; whoever comes back finds no open question. */
function useBegun(close: () => void) {
  const navigate = useNavigate();
  return (begun: Deployment | Plan) => {
    close();
    if ("id" in begun) void navigate({ to: "/deployments/$deployment", params: { deployment: begun.id } });
  };
}
