import { Button, CloseButton, Group, MultiSelect, Select, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { allEnvironments } from "~/features/environments/queries";
import { allServices } from "~/features/services/queries";
import { deploymentLook } from "~/ui/tone";

export type DeploymentSearch = { service?: string; environment?: string; status?: string[]; by?: string; version?: string };

type FiltersProps = { search: DeploymentSearch; change: (part: DeploymentSearch) => void };

const statuses = Object.entries(deploymentLook).map(([value, { label }]) => ({ value, label }));

/** What is chosen stands in the URL: to share a view is to share its address. */
export function DeploymentFilters({ search, change }: FiltersProps) {
  const services = useQuery(allServices);
  const environments = useQuery(allEnvironments);
  const any = Object.values(search).some((value) => value !== undefined);
  return (
    <Group gap="xs" role="search" aria-label="Filter the deployments">
      <Select
        aria-label="Service"
        placeholder="Any service"
        data={withChosen(
          services.data?.map(({ name }) => name),
          search.service,
        )}
        value={search.service ?? null}
        onChange={(service) => change({ service: service ?? undefined })}
        searchable
        clearable
        w={{ base: "calc(50% - 5px)", xs: 190 }}
      />
      <Select
        aria-label="Environment"
        placeholder="Any environment"
        data={withChosen(
          environments.data?.map(({ name }) => name),
          search.environment,
        )}
        value={search.environment ?? null}
        onChange={(environment) => change({ environment: environment ?? undefined })}
        clearable
        w={{ base: "calc(50% - 5px)", xs: 170 }}
      />
      <MultiSelect
        aria-label="Status"
        placeholder={search.status ? undefined : "Any status"}
        data={statuses}
        value={search.status ?? []}
        onChange={(status) => change({ status: status.length > 0 ? status : undefined })}
        clearable
        w={{ base: "calc(50% - 5px)", xs: search.status && search.status.length > 1 ? 300 : 220 }}
      />
      <Typed label="Who" placeholder="Anybody" value={search.by} change={(by) => change({ by })} />
      <Typed label="Version" placeholder="Any version" value={search.version} change={(version) => change({ version })} />
      {any && (
        <Button
          variant="subtle"
          onClick={() =>
            change({ service: undefined, environment: undefined, status: undefined, by: undefined, version: undefined })
          }
        >
          Clear
        </Button>
      )}
    </Group>
  );
}

type TypedProps = { label: string; placeholder: string; value: string | undefined; change: (value: string | undefined) => void };

function Typed({ label, placeholder, value, change }: TypedProps) {
  const [typed, setTyped] = useState(value ?? "");
  useEffect(() => setTyped(value ?? ""), [value]);
  const tell = useDebouncedCallback((word: string) => change(word.trim() || undefined), 300);
  return (
    <TextInput
      aria-label={label}
      placeholder={placeholder}
      value={typed}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        tell(event.currentTarget.value);
      }}
      rightSection={
        typed && (
          <CloseButton
            size="sm"
            aria-label={`Clear ${label.toLowerCase()}`}
            onClick={() => {
              setTyped("");
              change(undefined);
            }}
          />
        )
      }
      w={{ base: "calc(50% - 5px)", xs: 150 }}
    />
  );
}

/** A link may name one that is not there (any more): it still shows what is filtered for. */
function withChosen(all: string[] = [], chosen: string | undefined): string[] {
  return chosen && !all.includes(chosen) ? [chosen, ...all] : all;
}
