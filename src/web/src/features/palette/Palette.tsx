import "@mantine/spotlight/styles.css";
import { createSpotlight, Spotlight } from "@mantine/spotlight";
import { IconSearch } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useEffect, useMemo, useState } from "react";
import { allEnvironments } from "~/features/environments/queries";
import { allServices } from "~/features/services/queries";
import { allTargets } from "~/features/targets/queries";
import { type Entry, entries, matching } from "./entries";

const most = 30;
const [store, spotlight] = createSpotlight();

/** Go anywhere, deploy anything, from the keyboard. */
export function Palette({ close }: { close: () => void }) {
  const [query, setQuery] = useState("");
  const { data: services = [] } = useQuery(allServices);
  const { data: environments = [] } = useQuery(allEnvironments);
  const { data: targets = [] } = useQuery(allTargets);
  const navigate = useNavigate();
  const all = useMemo(() => entries(services, environments, targets), [services, environments, targets]);
  const groups = useMemo(() => Object.entries(Object.groupBy(matching(all, query, most), ({ group }) => group)), [all, query]);
  useEffect(() => spotlight.open(), []);

  return (
    <Spotlight.Root
      store={store}
      query={query}
      onQueryChange={setQuery}
      onSpotlightClose={close}
      shortcut={null}
      scrollable
      maxHeight={420}
      overlayProps={{ backgroundOpacity: 0.4, blur: 2 }}
      styles={{ content: { background: "var(--surface)" }, actionDescription: { opacity: 1 } }}
      aria-label="Go to or deploy anything"
    >
      <Spotlight.Search
        placeholder="Go to or deploy anything"
        aria-label="Go to or deploy anything"
        leftSection={<IconSearch size={18} aria-hidden />}
      />
      <Spotlight.ActionsList>
        {groups.map(([group, found]) => (
          <Spotlight.ActionsGroup key={group} label={group}>
            {found?.map((entry: Entry) => (
              <Spotlight.Action
                key={entry.id}
                label={entry.label}
                description={entry.hint}
                onClick={() => void navigate({ href: entry.href })}
              />
            ))}
          </Spotlight.ActionsGroup>
        ))}
        {groups.length === 0 && <Spotlight.Empty>Nothing fits “{query}”.</Spotlight.Empty>}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  );
}
