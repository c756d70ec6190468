import { Tooltip } from "@mantine/core";
import { memo } from "react";
import type { Instance, InstanceService } from "~/api/schema";
import { useMe } from "~/features/session/queries";
import { Go } from "~/ui/Page";
import { Dot, Tag } from "~/ui/Status";
import { When } from "~/ui/When";
import { isOutdated } from "./agentVersion";
import { conditionOf, isElsewhere, serviceCondition } from "./condition";
import classes from "./Fleet.module.css";

type FleetRowProps = {
  instance: Instance;
  index: number;
  top: number;
  height: number;
  /** How many services the line has room for. */
  services: number;
};

export const FleetRow = memo(function FleetRow({ instance, index, top, height, services }: FleetRowProps) {
  const { tone, label } = conditionOf(instance);
  return (
    <tr aria-rowindex={index + 2} className={classes.row} style={{ height, transform: `translateY(${top}px)` }}>
      <td className={classes.cell}>
        <Go
          to="/instances/$instance"
          params={{ instance: instance.name }}
          className={classes.name}
          title={instance.name}
          underline="never"
        >
          {instance.name}
        </Go>
      </td>
      <td className={classes.cell}>
        <Tag tone={tone}>{label}</Tag>
      </td>
      <td className={classes.cell}>{instance.environment}</td>
      <td className={`${classes.cell} ${classes.services}`}>
        <Services services={instance.services} shown={services} />
      </td>
      <td className={`${classes.cell} ${classes.labels}`}>
        <Labels labels={instance.labels} />
      </td>
      <td className={classes.cell}>
        <AgentVersion version={instance.agentVersion} />
      </td>
      <td className={`${classes.cell} ${classes.seen}`}>
        <span className={classes.above}>
          {instance.connected ? "now" : instance.lastSeenAt ? <When at={instance.lastSeenAt} /> : "never"}
        </span>
      </td>
    </tr>
  );
});

/** Those that matter most: what is not well comes first. */
function Services({ services, shown }: { services: InstanceService[]; shown: number }) {
  if (services.length === 0) return <span className={classes.version}>none</span>;
  const worstFirst = [...services].sort((a, b) => Number(isWell(a)) - Number(isWell(b)));
  return (
    <>
      {worstFirst.slice(0, shown).map((service) => (
        <span key={service.service} className={classes.service}>
          <Dot tone={serviceCondition(service).tone} />
          <span title={`${service.service}: ${serviceCondition(service).label}${service.reason ? `. ${service.reason}` : ""}`}>
            {service.service}{" "}
            <span className={classes.version} data-warn={isElsewhere(service) || undefined}>
              {service.runningVersion ?? serviceCondition(service).label}
            </span>
          </span>
        </span>
      ))}
      {services.length > shown && <span className={classes.version}>+{services.length - shown}</span>}
    </>
  );
}

function isWell(service: InstanceService): boolean {
  return serviceCondition(service).tone === "ok";
}

function Labels({ labels }: { labels: Record<string, string> }) {
  const text = Object.entries(labels)
    .map(([name, value]) => `${name}=${value}`)
    .join("  ");
  return <span title={text}>{text}</span>;
}

export function AgentVersion({ version }: { version?: string | null }) {
  const { serverVersion } = useMe();
  if (!version) return <span className={classes.version}>unknown</span>;
  if (!isOutdated(version, serverVersion)) return <span className={classes.agent}>{version}</span>;
  return (
    <Tooltip
      label={`Outdated: the server is ${serverVersion}. Put the newer file slipway-agent there and restart the agent; its services go on running.`}
      multiline
      maw={300}
    >
      <span className={`${classes.agent} ${classes.above}`} data-outdated>
        {version} ↑
      </span>
    </Tooltip>
  );
}
