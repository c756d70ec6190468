import { Button, Group, Text, TextInput, Title } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useState } from "react";
import type { Target } from "~/api/schema";
import { Allowed } from "~/features/session/Allowed";
import { Ask } from "~/ui/Ask";
import { Card } from "~/ui/Card";
import { Tag } from "~/ui/Status";
import { Mono } from "~/ui/Version";
import { When } from "~/ui/When";
import { useAutoDeploy, useHold, useUnhold } from "./changes";
import classes from "./Target.module.css";
import { useAsking } from "./useAsking";

/** What may deploy here by itself. */
export function Switches({ target }: { target: Target }) {
  return (
    <Card flush label="Automatic deployments and hold">
      <AutomaticSwitch target={target} />
      <HoldSwitch target={target} />
    </Card>
  );
}

function HoldSwitch({ target }: { target: Target }) {
  const { service, environment, hold, autoDeploy } = target;
  const place = useHold(target);
  const lift = useUnhold(target);
  const placing = useAsking(place.reset);
  const lifting = useAsking(lift.reset);
  const lifted = () => notifications.show({ message: `${service} in ${environment} is no longer on hold.` });
  return (
    <div className={classes.switch}>
      <Group gap="xs">
        <Title order={3} size="sm">
          Hold
        </Title>
        <Tag tone={hold ? "warn" : "quiet"}>{hold ? "on hold" : "off"}</Tag>
      </Group>
      <Allowed scope="deploy" service={service} environment={environment}>
        <Button size="compact-sm" variant="default" onClick={hold ? lifting.open : placing.open}>
          {hold ? "Lift…" : "Hold…"}
        </Button>
      </Allowed>
      <Text size="sm" c="dimmed" component="div" style={{ gridColumn: "1 / -1", overflowWrap: "anywhere" }}>
        {hold ? (
          <>
            {hold.reason} — {hold.placedBy}, <When at={hold.placedAt} />
          </>
        ) : (
          "Nothing is refused."
        )}
      </Text>
      <Ask
        opened={placing.opened}
        close={placing.close}
        title={`Hold ${service} in ${environment}`}
        action="Hold"
        reason="required"
        error={place.error}
        act={(reason) => {
          placing.close();
          place.mutateAsync(reason ?? "").catch(placing.refused);
        }}
      >
        Automatic deployments are refused until the hold is lifted. What runs goes on running, and a person can still deploy; that
        lifts the hold.
      </Ask>
      <Ask
        opened={lifting.opened}
        close={lifting.close}
        title={`Lift the hold of ${service} in ${environment}`}
        action="Lift the hold"
        error={lift.error}
        act={() => {
          lifting.close();
          lift.mutateAsync().then(lifted, lifting.refused);
        }}
      >
        {autoDeploy ? (
          <>
            The next version of <Mono>{autoDeploy.branch}</Mono> that is published will be deployed here by itself. Nothing is
            deployed at this moment.
          </>
        ) : (
          "Nothing is deployed at this moment. Automatic deployment is off, so nothing will be deployed by itself later either."
        )}
      </Ask>
    </div>
  );
}

function AutomaticSwitch({ target }: { target: Target }) {
  const { service, environment, autoDeploy, hold } = target;
  const change = useAutoDeploy(target);
  const turningOn = useAsking(change.reset);
  const turningOff = useAsking(change.reset);
  const [branch, setBranch] = useState("main");
  const wanted = branch.trim();

  const turnOn = () => {
    if (!wanted) return;
    turningOn.close();
    change.mutateAsync(wanted).catch(turningOn.refused);
  };

  return (
    <div className={classes.switch}>
      <Group gap="xs">
        <Title order={3} size="sm">
          Automatic deployment
        </Title>
        <Tag tone={autoDeploy ? "ok" : "quiet"}>{autoDeploy ? "on" : "off"}</Tag>
      </Group>
      <Allowed scope="deploy" service={service} environment={environment}>
        <Button size="compact-sm" variant="default" onClick={autoDeploy ? turningOff.open : turningOn.open}>
          {autoDeploy ? "Turn off…" : "Turn on…"}
        </Button>
      </Allowed>
      <Text size="sm" c="dimmed" component="div" style={{ gridColumn: "1 / -1" }}>
        {autoDeploy ? (
          <>
            Every new version of <Mono>{autoDeploy.branch}</Mono> is deployed as soon as it is published
            {hold ? ", once the hold is lifted" : ""}.
          </>
        ) : (
          "Only people and CI deploy here."
        )}
      </Text>
      <Ask
        opened={turningOn.opened}
        close={turningOn.close}
        title={`Deploy to ${environment} by itself`}
        action="Turn on"
        blocked={wanted === ""}
        error={change.error}
        act={turnOn}
      >
        Every new version of this branch is deployed as soon as it is published, in the usual stages and with the usual health
        checks. The versions that exist already are not.
        <TextInput
          label="Branch"
          mt="md"
          value={branch}
          onChange={(event) => setBranch(event.currentTarget.value)}
          autoComplete="off"
          spellCheck={false}
          maxLength={200}
          required
          data-autofocus
        />
      </Ask>
      <Ask
        opened={turningOff.opened}
        close={turningOff.close}
        title={`Stop automatic deployments to ${environment}`}
        action="Turn off"
        error={change.error}
        act={() => {
          turningOff.close();
          change.mutateAsync(null).catch(turningOff.refused);
        }}
      >
        New versions of <Mono>{autoDeploy?.branch ?? ""}</Mono> are no longer deployed here by themselves. What runs goes on
        running.
      </Ask>
    </div>
  );
}
