import { Button, Chip, Group, NativeSelect, TextInput } from "@mantine/core";
import { IconSearch, IconX } from "@tabler/icons-react";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import type { SlipwayEnvironment } from "~/api/schema";
import type { Board, Show, View } from "./board";
import { EnvironmentFilter } from "./EnvironmentFilter";
import classes from "./Home.module.css";

const route = getRouteApi("/shell/");

const views: { show: Show; label: string }[] = [
  { show: "favourites", label: "Favourites" },
  { show: "differences", label: "Differences" },
  { show: "unhealthy", label: "Unhealthy" },
  { show: "held", label: "On hold" },
  { show: "running", label: "Running" },
];

/** What to show; all of it in the URL, so that a team's own view is a link to keep or send. */
export function Filters({ board, environments }: { board: Board; environments: SlipwayEnvironment[] }) {
  const view = route.useSearch();
  const navigate = useNavigate();
  const change = (part: View) => navigate({ to: "/", search: (known) => ({ ...known, ...part }), replace: true });
  const narrowed = view.q || view.team || view.env || view.show;

  return (
    <Group gap="sm" role="search" aria-label="Services">
      <TextInput
        aria-label="Search services, teams and versions"
        placeholder="Search services and versions"
        leftSection={<IconSearch size={16} aria-hidden />}
        value={view.q ?? ""}
        onChange={(event) => change({ q: event.currentTarget.value || undefined })}
        w={{ base: "100%", xs: 240 }}
      />
      {board.teams.length > 0 && (
        <NativeSelect
          aria-label="Team"
          data={[{ value: "", label: "All teams" }, ...board.teams]}
          value={view.team ?? ""}
          onChange={(event) => change({ team: event.currentTarget.value || undefined })}
          w={150}
        />
      )}
      {environments.length > 3 && (
        <EnvironmentFilter environments={environments} chosen={view.env} choose={(env) => change({ env })} />
      )}
      <Group gap={6}>
        {views.map(({ show, label }) => (
          <Chip
            key={show}
            size="xs"
            variant="outline"
            checked={view.show === show}
            onChange={(on) => change({ show: on ? show : undefined })}
            classNames={{ label: classes.chip }}
            disabled={board.counts[show] === 0 && view.show !== show}
          >
            {label} {board.counts[show] > 0 && <span className="numbers">{board.counts[show]}</span>}
          </Chip>
        ))}
      </Group>
      {narrowed && (
        <Button
          variant="subtle"
          color="gray"
          size="xs"
          leftSection={<IconX size={14} />}
          onClick={() => navigate({ to: "/", search: {} })}
        >
          Show all
        </Button>
      )}
    </Group>
  );
}
