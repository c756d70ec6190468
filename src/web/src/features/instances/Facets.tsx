import { Button, Select, Stack, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { IconAdjustmentsHorizontal, IconSearch } from "@tabler/icons-react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import type { InstanceSummary } from "~/api/schema";
import { allEnvironments } from "~/features/environments/queries";
import { allServices } from "~/features/services/queries";
import { useMe } from "~/features/session/queries";
import { serviceLook } from "~/ui/tone";
import { isOutdated } from "./agentVersion";
import classes from "./Facets.module.css";
import { Counted, type Value } from "./FacetValues";
import { type Facet, type FleetSearch, filterOf, narrowings, withLabel, without, withService } from "./filter";
import { LabelFacets } from "./LabelFacets";
import { instancesSummary } from "./queries";

type FacetsProps = { search: FleetSearch; narrow: (next: FleetSearch) => void };

/** What the fleet can be narrowed by, with how many there are of each. On a phone behind a button. */
export function Facets({ search, narrow }: FacetsProps) {
  const [open, setOpen] = useState(false);
  const active = narrowings({ ...search, q: undefined }).length;
  return (
    <Stack gap="md" component="section" aria-label="Narrow the list" className={classes.facets}>
      <Search value={search.q} change={(q) => narrow({ ...search, q })} />
      <Button
        variant="default"
        className={classes.opener}
        leftSection={<IconAdjustmentsHorizontal size={16} />}
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        {active > 0 ? `Filters (${active})` : "Filters"}
      </Button>
      <div className={classes.groups} data-open={open || undefined}>
        <Services search={search} narrow={narrow} />
        <ServiceVersions search={search} narrow={narrow} />
        <States search={search} narrow={narrow} />
        <Environments search={search} narrow={narrow} />
        <Agents search={search} narrow={narrow} />
        <Labels search={search} narrow={narrow} />
      </div>
    </Stack>
  );
}

/** Written to the address a moment after the last key, and taken from it when it changes there. */
function Search({ value, change }: { value?: string; change: (value: string | undefined) => void }) {
  const [text, setText] = useState(value ?? "");
  const later = useDebouncedCallback((next: string) => change(next.trim() || undefined), 250);
  useEffect(() => setText((now) => (now.trim() === (value ?? "") ? now : (value ?? ""))), [value]);
  return (
    <TextInput
      aria-label="Search instances"
      placeholder="Name or label value"
      leftSection={<IconSearch size={16} />}
      value={text}
      onChange={(event) => {
        setText(event.currentTarget.value);
        later(event.currentTarget.value);
      }}
    />
  );
}

/** The counts of one facet: as if it were not chosen, so that its other values can be compared. */
function useCounts(search: FleetSearch, facet: Facet): InstanceSummary | undefined {
  return useQuery({ ...instancesSummary(filterOf(without(search, facet))), placeholderData: keepPreviousData }).data;
}

function Services({ search, narrow }: FacetsProps) {
  const { data } = useQuery(allServices);
  return (
    <Select
      label="Service"
      placeholder="All services"
      size="xs"
      data={(data ?? []).map((service) => service.name)}
      value={search.service ?? null}
      onChange={(service) => narrow(withService(search, service ?? undefined))}
      searchable
      clearable
      clearButtonProps={{ "aria-label": "All services" }}
      nothingFoundMessage="No such service"
    />
  );
}

function ServiceVersions({ search, narrow }: FacetsProps) {
  const counts = useCounts(search, "version")?.versions ?? {};
  if (!search.service) return null;
  return (
    <Counted
      title={`Runs of ${search.service}`}
      values={byCount(counts).map(([value, count]) => ({ value, count, mono: true }))}
      chosen={search.version}
      choose={(version) => narrow({ ...search, version })}
    />
  );
}

function States({ search, narrow }: FacetsProps) {
  const states = useCounts(search, "state")?.states ?? {};
  const connection = useCounts(search, "away");
  const away = connection ? connection.total - connection.connected : 0;
  const values: Value[] = byCount(states).map(([value, count]) => ({ value, count, ...serviceLook(value) }));
  return (
    <>
      <Counted
        title="Connection"
        values={[{ value: "away", label: "Away", count: away, tone: "warn" }]}
        chosen={search.away && "away"}
        choose={(value) => narrow({ ...search, away: value ? true : undefined })}
      />
      <Counted title="A service is" values={values} chosen={search.state} choose={(state) => narrow({ ...search, state })} />
    </>
  );
}

function Environments({ search, narrow }: FacetsProps) {
  const counts = useCounts(search, "environment")?.environments ?? {};
  const order = (useQuery(allEnvironments).data ?? []).map((environment) => environment.name as string);
  const names = [...new Set([...order, ...Object.keys(counts)])].filter((name) => counts[name] || name === search.environment);
  return (
    <Counted
      title="Environment"
      values={names.map((value) => ({ value, count: counts[value] ?? 0 }))}
      chosen={search.environment}
      choose={(environment) => narrow({ ...search, environment })}
    />
  );
}

function Agents({ search, narrow }: FacetsProps) {
  const counts = useCounts(search, "agent")?.agentVersions ?? {};
  const { serverVersion } = useMe();
  return (
    <Counted
      title="Agent version"
      values={byCount(counts).map(([value, count]) => ({
        value,
        count,
        mono: true,
        note: isOutdated(value, serverVersion) ? "outdated" : undefined,
      }))}
      chosen={search.agent}
      choose={(agent) => narrow({ ...search, agent })}
    />
  );
}

function Labels({ search, narrow }: FacetsProps) {
  // Without the labels that are chosen, so that another value of them can be.
  const { data } = useQuery({
    ...instancesSummary(filterOf({ ...search, label: undefined })),
    placeholderData: keepPreviousData,
  });
  return (
    <LabelFacets labels={data?.labels ?? {}} chosen={search.label ?? []} toggle={(label) => narrow(withLabel(search, label))} />
  );
}

function byCount(counts: Record<string, number>): [string, number][] {
  return Object.entries(counts).sort(([a, m], [b, n]) => n - m || a.localeCompare(b));
}
