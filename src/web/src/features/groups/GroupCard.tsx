import { Anchor, Tooltip } from "@mantine/core";
import { IconArrowBigRightLinesFilled, IconExternalLink } from "@tabler/icons-react";
import type { ReactNode } from "react";
import type { GroupInstance, InstanceGroup } from "~/api/schema";
import { Go } from "~/ui/Page";
import { Dot, Tag } from "~/ui/Status";
import tiles from "~/ui/Tile.module.css";
import { age, useNow } from "~/ui/time";
import { Mono } from "~/ui/Version";
import { When } from "~/ui/When";
import { webLink } from "~/ui/webLink";
import classes from "./Groups.module.css";
import { healthParts, instanceLook, standingOf } from "./standing";

/** From here on a tile each is more than anybody reads; the dots show where to look. */
const manyInstances = 6;

type GroupProps = {
  group: InstanceGroup;
  beside: readonly InstanceGroup[];
  /** Its share of the traffic of its location. */
  percent: number | undefined;
  /** The running deployment brings it. */
  coming: boolean;
};

/** Instances that are created, serve and go together. */
export function GroupCard({ group, beside, percent, coming }: GroupProps) {
  const { name, version, capacity, instances = [], health } = group;
  const { tone, label, help } = standingOf(group, beside);
  return (
    <article
      className={classes.group}
      data-tone={tone}
      data-serving={group.serving || undefined}
      data-coming={coming || undefined}
      aria-label={`${name}: ${label}`}
    >
      <div className={classes.top}>
        <span className={classes.version}>{version ?? "version not known"}</span>
        <Tooltip label={help} multiline maw={280}>
          <span>
            <Tag tone={tone} live={tone === "busy"}>
              {group.serving && tone === "ok" && <IconArrowBigRightLinesFilled size={13} aria-hidden />}
              {label}
              {percent !== undefined && percent < 100 && ` · ${percent} %`}
            </Tag>
          </span>
        </Tooltip>
      </div>
      <Name group={group} />
      <Health group={group} />
      {instances.length > 0 && <Instances instances={instances} of={name} total={health.total} />}
      <dl className={classes.facts}>
        <Fact name="Size">
          {capacity.desired} wanted
          <span className={classes.soft}>
            , {capacity.min} to {capacity.max}
          </span>
        </Fact>
        {group.createdAt && (
          <Fact name="Made">
            <When at={group.createdAt} />
            {group.deployment && (
              <>
                {" by "}
                <Go to="/deployments/$deployment" params={{ deployment: group.deployment }} fz={13}>
                  <Mono>{group.deployment}</Mono>
                </Go>
              </>
            )}
          </Fact>
        )}
        {group.image && (
          <Fact name="Image">
            <Mono>{group.image}</Mono>
          </Fact>
        )}
      </dl>
    </article>
  );
}

function Name({ group: { name, url } }: { group: InstanceGroup }) {
  const href = webLink(url);
  if (!href) return <span className={classes.name}>{name}</span>;
  return (
    <Anchor href={href} target="_blank" rel="noreferrer" className={classes.name}>
      {name} <IconExternalLink size={12} aria-label="opens in a new tab" />
    </Anchor>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** The instances by health against how many there should be: what is still missing is empty. */
function Health({ group: { health, capacity } }: { group: InstanceGroup }) {
  const parts = healthParts(health);
  const whole = Math.max(1, health.total, capacity.desired);
  const missing = capacity.desired - health.total;
  return (
    <div>
      <span className={classes.health} aria-hidden>
        {parts.map(({ label, tone, count }) => (
          <span key={label} data-tone={tone} style={{ width: `${(100 * count) / whole}%` }} />
        ))}
      </span>
      <span className={classes.counts}>
        {parts.map(({ label, tone, count }) => (
          <span key={label}>
            <Dot tone={tone} /> {count.toLocaleString("en")} {label}
          </span>
        ))}
        {missing > 0 && <span className={classes.soft}>{missing.toLocaleString("en")} to come</span>}
        {parts.length === 0 && missing <= 0 && <span className={classes.soft}>no instances</span>}
      </span>
    </div>
  );
}

function Instances({ instances, of, total }: { instances: readonly GroupInstance[]; of: string; total: number }) {
  const many = instances.length > manyInstances;
  const more = total - instances.length;
  return (
    <>
      <ul className={many ? classes.dots : classes.tiles} aria-label={`Instances of ${of}`}>
        {instances.map((instance) => (
          <li key={instance.id}>{many ? <Spot instance={instance} /> : <Tile instance={instance} />}</li>
        ))}
      </ul>
      {more > 0 && <span className={classes.soft}>and {more.toLocaleString("en")} more</span>}
    </>
  );
}

function Tile({ instance: { id, health, zone, launchedAt } }: { instance: GroupInstance }) {
  const now = useNow();
  const { tone, label } = instanceLook[health];
  return (
    <div className={`${tiles.tile} ${classes.tile}`} data-tone={tone} title={id}>
      <span className={classes.line}>
        <span className={classes.id}>{id}</span>
        {launchedAt && <span className={classes.small}>{age(Date.parse(launchedAt), now)}</span>}
      </span>
      <span className={classes.line}>
        <span className={classes.state}>
          <Dot tone={tone} live={tone === "busy"} />
          {label}
        </span>
        {zone && <span className={classes.small}>{zone}</span>}
      </span>
    </div>
  );
}

function Spot({ instance: { id, health, zone } }: { instance: GroupInstance }) {
  const { tone, label } = instanceLook[health];
  const said = [`${id}: ${label}`, zone].filter(Boolean).join(", ");
  return (
    <span className={`${tiles.spot} ${classes.spot}`} data-tone={tone} role="img" aria-label={said} title={said}>
      <span />
    </span>
  );
}
