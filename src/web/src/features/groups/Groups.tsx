import { Stack, Text } from "@mantine/core";
import { IconAlertTriangle, IconEyeOff, IconServer2 } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import type { InstanceGroups } from "~/api/schema";
import { Card } from "~/ui/Card";
import { Empty, Loaded, Waiting } from "~/ui/Faces";
import { When } from "~/ui/When";
import { GroupCard } from "./GroupCard";
import classes from "./Groups.module.css";
import { groupsOf } from "./queries";
import { type Place, placesOf, type Share, traffic } from "./standing";

type GroupsProps = {
  service: string;
  environment: string;
  /** A deployment changes them at the moment. */
  changing: boolean;
  /** The version that a deployment brings, if one does. */
  coming?: string;
};

/** What runs side by side, for a target whose instances come and go with their version. */
export function Groups({ service, environment, changing, coming }: GroupsProps) {
  const query = useQuery(groupsOf({ service, environment }, changing));
  return (
    <Card title="Groups of instances" actions={<Seen at={query.data?.observedAt} />}>
      <Loaded query={query} waiting={<Waiting rows={2} height={160} />}>
        {(seen) => <Known seen={seen} coming={coming} />}
      </Loaded>
    </Card>
  );
}

function Seen({ at }: { at: string | null | undefined }) {
  if (!at) return null;
  return (
    <Text size="xs" c="dimmed">
      seen <When at={at} />
    </Text>
  );
}

function Known({ seen: { groups = [], drift = [], trouble, observedAt }, coming }: { seen: InstanceGroups; coming?: string }) {
  return (
    <Stack gap="md">
      {trouble && (
        <Banner
          icon={<IconEyeOff size={18} aria-hidden />}
          title={observedAt ? "It could not be seen since" : "It could not be seen yet"}
        >
          {trouble}
          {observedAt && groups.length > 0 && " What stands here is what was seen last."}
        </Banner>
      )}
      {drift.length > 0 && (
        <Banner icon={<IconAlertTriangle size={18} aria-hidden />} title="It is not as it should be">
          {drift.map((sentence) => (
            <div key={sentence}>{sentence}</div>
          ))}
        </Banner>
      )}
      {groups.length === 0 && !trouble && <None seen={observedAt != null} />}
      {placesOf(groups).map((place) => (
        <Location key={place.location} place={place} coming={coming} />
      ))}
    </Stack>
  );
}

function Banner({ icon, title, children }: { icon: ReactNode; title: string; children: ReactNode }) {
  return (
    <div className={classes.banner} role="status">
      {icon}
      <div>
        <b>{title}</b>
        <div>{children}</div>
      </div>
    </div>
  );
}

function None({ seen }: { seen: boolean }) {
  return (
    <Empty icon={<IconServer2 size={24} />} title={seen ? "Nothing runs here yet" : "Not looked at yet"}>
      {seen ? "A deployment makes the first group of instances." : "What runs here is looked at within a minute."}
    </Empty>
  );
}

function Location({ place: { location, groups }, coming }: { place: Place; coming?: string }) {
  const shares = traffic(groups);
  return (
    <section aria-label={location}>
      <div className={classes.place}>
        <h3 className={classes.location}>{location}</h3>
        <Traffic shares={shares} coming={coming} />
      </div>
      <ul className={classes.groups} aria-label={`Groups in ${location}`}>
        {groups.map((group) => (
          <li key={group.name}>
            <GroupCard
              group={group}
              beside={groups}
              percent={shares.find((share) => share.group === group)?.percent}
              coming={group.version != null && group.version === coming}
            />
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Who answers requests. While traffic moves, one sees it move. */
function Traffic({ shares, coming }: { shares: Share[]; coming?: string }) {
  const said = shares.map(({ group, percent }) => `${percent} % ${group.version ?? group.name}`).join(", ");
  return (
    <div className={classes.traffic}>
      <span className={classes.trafficBar} aria-hidden>
        {shares.map(({ group, percent }) => (
          <span
            key={group.name}
            style={{ width: `${percent}%` }}
            data-coming={(group.version != null && group.version === coming) || undefined}
          />
        ))}
      </span>
      <span className={classes.trafficSaid}>{said ? `Traffic: ${said}` : "Nothing gets traffic"}</span>
    </div>
  );
}
