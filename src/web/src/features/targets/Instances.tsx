import { SegmentedControl, Stack, Text, TextInput } from "@mantine/core";
import { IconSearch, IconServer2 } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useDeferredValue, useMemo, useState } from "react";
import type { Instance, Target } from "~/api/schema";
import { Card } from "~/ui/Card";
import { Empty, Loaded, Waiting } from "~/ui/Faces";
import { Go } from "~/ui/Page";
import { Dot } from "~/ui/Status";
import { Pill } from "~/ui/Tile";
import { InstanceGrid, type Look } from "./InstanceGrid";
import classes from "./Instances.module.css";
import { instancesOf } from "./queries";
import { chosen, countStates, membersOf, type StateCount } from "./words";

/** From here on a tile each is more than anybody reads; the dots show where to look. */
const manyInstances = 60;
/** From here on somebody searches instead of looking. */
const worthSearching = 9;

type InstancesProps = { target: Target; open: (instance: string) => void };

export function Instances({ target, open }: InstancesProps) {
  const query = useQuery(instancesOf(target));
  return (
    <Loaded
      query={query}
      waiting={
        <Card title="Instances">
          <Waiting rows={2} height={84} />
        </Card>
      }
    >
      {(instances) => <Known target={target} instances={instances} open={open} />}
    </Loaded>
  );
}

function Known({ target, instances, open }: InstancesProps & { instances: Instance[] }) {
  const members = useMemo(() => membersOf(instances, target.service), [instances, target.service]);
  const counts = useMemo(() => countStates(members), [members]);
  const [state, setState] = useState<string>();
  const [search, setSearch] = useState("");
  const [wish, setWish] = useState<Look>();
  const words = useDeferredValue(search);
  const shown = useMemo(() => chosen(members, state, words), [members, state, words]);
  const look = wish ?? (members.length > manyInstances ? "dots" : "tiles");

  if (members.length === 0) return <NoInstances target={target} />;
  return (
    <Card
      title="Instances"
      actions={
        members.length > worthSearching && (
          <SegmentedControl
            size="xs"
            value={look}
            onChange={(value) => setWish(value as Look)}
            data={[
              { value: "tiles", label: "Tiles" },
              { value: "dots", label: "Dots" },
            ]}
            aria-label="How instances are shown"
          />
        )
      }
    >
      <Stack gap="sm">
        <div className={classes.filters}>
          <States counts={counts} total={members.length} chosen={state} choose={setState} />
          {members.length > worthSearching && (
            <TextInput
              size="xs"
              w={220}
              ml="auto"
              placeholder="Name, label, version, reason"
              aria-label="Search instances"
              leftSection={<IconSearch size={14} aria-hidden />}
              value={search}
              onChange={(event) => setSearch(event.currentTarget.value)}
            />
          )}
        </div>
        {shown.length > 0 ? (
          <InstanceGrid members={shown} version={target.version} look={look} open={open} />
        ) : (
          <Text size="sm" c="dimmed" py="md">
            No instance is like that at the moment.
          </Text>
        )}
      </Stack>
    </Card>
  );
}

type StatesProps = {
  counts: StateCount[];
  total: number;
  chosen: string | undefined;
  choose: (state: string | undefined) => void;
};

function States({ counts, total, chosen: now, choose }: StatesProps) {
  return (
    <>
      <Pill pressed={now === undefined} onClick={() => choose(undefined)}>
        all <span className="numbers">{total}</span>
      </Pill>
      {counts.map(({ state, label, tone, count }) => (
        <Pill key={state} pressed={now === state} onClick={() => choose(now === state ? undefined : state)}>
          <Dot tone={tone} />
          {label} <span className="numbers">{count}</span>
        </Pill>
      ))}
    </>
  );
}

function NoInstances({ target: { service, environment } }: { target: Target }) {
  return (
    <Card title="Instances">
      <Empty icon={<IconServer2 size={24} />} title={`No instance runs ${service} in ${environment}`}>
        <Go to="/instances" search={{ environment, service, join: true }}>
          Let one join
        </Go>
        ; it comes up with what runs here by itself.
      </Empty>
    </Card>
  );
}
