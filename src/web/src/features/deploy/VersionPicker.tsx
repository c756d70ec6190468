import { Group, Select, Text, TextInput } from "@mantine/core";
import { IconPackage, IconSearch } from "@tabler/icons-react";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useMemo, useRef } from "react";
import type { ServiceVersion } from "~/api/schema";
import { deploymentsLike } from "~/features/deployments/queries";
import { versionsOf } from "~/features/services/queries";
import { targetsOf } from "~/features/targets/queries";
import { Card } from "~/ui/Card";
import { Empty, Failed, Waiting } from "~/ui/Faces";
import { Go } from "~/ui/Page";
import { branchesOf, matching, pastOf, placesOf } from "./choose";
import classes from "./Deploy.module.css";
import { VersionRow } from "./VersionRow";

type PickerProps = {
  service: string;
  environment: string;
  chosen: string | undefined;
  choose: (version: string) => void;
  search: string;
  branch: string | undefined;
  narrow: (by: { q?: string; branch?: string }) => void;
};

/** The versions, newest first, all of them within reach. */
export function VersionPicker({ service, environment, chosen, choose, search, branch, narrow }: PickerProps) {
  const query = useInfiniteQuery(versionsOf(service, branch));
  const all = useMemo(() => query.data?.pages.flatMap((page) => page.items) ?? [], [query.data]);
  const shown = useMemo(() => matching(all, search), [all, search]);
  const everyBranch = useBranches(service, branch);
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = query;
  const more = () => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  };
  // A search looks through the older pages too, until there is something to see.
  const looksFurther = search !== "" && shown.length < 10 && hasNextPage;
  // biome-ignore lint/correctness/useExhaustiveDependencies: `more` is new each time; what counts is whether to look further
  useEffect(() => {
    if (looksFurther) more();
  }, [looksFurther, isFetchingNextPage]);

  return (
    <Card title="Version" flush>
      <Group gap="xs" px="md" pb="sm" wrap="nowrap">
        <TextInput
          flex={1}
          size="sm"
          placeholder="Version, commit, author"
          aria-label="Search versions"
          leftSection={<IconSearch size={15} aria-hidden />}
          value={search}
          onChange={(event) => narrow({ q: event.currentTarget.value || undefined, branch })}
        />
        <Select
          w={150}
          size="sm"
          placeholder="All branches"
          aria-label="Branch"
          data={everyBranch}
          value={branch ?? null}
          onChange={(value) => narrow({ q: search || undefined, branch: value ?? undefined })}
          clearable
          searchable
          nothingFoundMessage="No such branch"
        />
      </Group>
      {query.isPending && <Waiting rows={6} height={56} />}
      {query.isError && all.length === 0 && <Failed error={query.error} retry={() => void query.refetch()} />}
      {query.isSuccess && shown.length === 0 && !looksFurther && (
        <Nothing service={service} narrowed={search !== "" || !!branch} />
      )}
      {shown.length > 0 && (
        <Versions service={service} environment={environment} versions={shown} chosen={chosen} choose={choose} more={more} />
      )}
      {shown.length === 0 && looksFurther && <Waiting rows={3} height={56} />}
    </Card>
  );
}

function useBranches(service: string, branch: string | undefined): string[] {
  const { data } = useInfiniteQuery(versionsOf(service));
  return useMemo(() => {
    const known = branchesOf(data?.pages.flatMap((page) => page.items) ?? []);
    return branch && !known.includes(branch) ? [branch, ...known] : known;
  }, [data, branch]);
}

type VersionsProps = Pick<PickerProps, "service" | "environment" | "chosen" | "choose"> & {
  versions: readonly ServiceVersion[];
  more: () => void;
};

const none: never[] = [];
/** About; each is measured when it is drawn. Pixels. */
const rowHeight = 84;

function Versions({ service, environment, versions, chosen, choose, more }: VersionsProps) {
  const targets = useQuery(targetsOf(service)).data;
  const deployments = useInfiniteQuery(deploymentsLike({ service }, 200)).data;
  const places = useMemo(() => placesOf(targets ?? none), [targets]);
  const past = useMemo(() => pastOf(deployments?.pages.flatMap((page) => page.items) ?? none), [deployments]);
  const frame = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({
    count: versions.length,
    getScrollElement: () => frame.current,
    estimateSize: () => rowHeight,
    // A link may lead to an older one.
    initialOffset: () => rowHeight * Math.max(0, versions.findIndex(({ version }) => version === chosen) - 2),
    getItemKey: (index) => versions[index]?.version ?? index,
    overscan: 8,
  });
  const drawn = rows.getVirtualItems();
  const atEnd = (drawn.at(-1)?.index ?? 0) >= versions.length - 10;
  // biome-ignore lint/correctness/useExhaustiveDependencies: `more` is new each time; the end of the list is what asks for it
  useEffect(() => {
    if (atEnd) more();
  }, [atEnd, versions.length]);
  return (
    <div ref={frame} className={classes.list} role="radiogroup" aria-label="Version">
      <div style={{ height: rows.getTotalSize(), position: "relative" }}>
        {drawn.map((row) => {
          const version = versions[row.index];
          if (!version) return null;
          return (
            <div
              key={row.key}
              ref={rows.measureElement}
              data-index={row.index}
              className={classes.row}
              style={{ transform: `translateY(${row.start}px)` }}
            >
              <VersionRow
                version={version}
                environment={environment}
                chosen={version.version === chosen}
                choose={() => choose(version.version)}
                places={places.get(version.version) ?? none}
                past={past.get(version.version) ?? none}
              />
            </div>
          );
        })}
      </div>
    </div>
  );
}

function Nothing({ service, narrowed }: { service: string; narrowed: boolean }) {
  return (
    <Empty icon={<IconPackage size={24} />} title={narrowed ? "No version is like that" : "No version yet"}>
      {narrowed ? (
        "Search for something else, or in all branches."
      ) : (
        <>
          CI publishes one after each build.{" "}
          <Go to="/services/$service" params={{ service }} search={{ tab: "ci" }}>
            See its commands
          </Go>
          <Text span inherit>
            .
          </Text>
        </>
      )}
    </Empty>
  );
}
