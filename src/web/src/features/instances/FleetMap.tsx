import { Group, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { type FocusEvent, type KeyboardEvent, type MouseEvent, memo, useEffect, useMemo, useRef, useState } from "react";
import type { Instance } from "~/api/schema";
import { allEnvironments } from "~/features/environments/queries";
import { Empty, Failed, Waiting } from "~/ui/Faces";
import { Dot, Tag } from "~/ui/Status";
import { conditionOf } from "./condition";
import classes from "./FleetMap.module.css";
import { type FleetSearch, filterOf } from "./filter";
import { useFleet } from "./queries";
import { type Block, blocks, step, tally } from "./squares";

const route = getRouteApi("/shell/instances");
const pageSize = 500;
/** So many squares can be as large as a finger. */
const roomy = 1500;

/** One square an instance: what is wrong in a fleet of thousands is seen at once. */
export function FleetMap({ search, total }: { search: FleetSearch; total?: number }) {
  const filter = useMemo(() => filterOf(search), [search]);
  const fleet = useFleet(filter, pageSize);
  const order = useQuery(allEnvironments).data;
  const all = useMemo(() => fleet.data?.pages.flatMap((page) => page.items), [fleet.data]);
  const fields = useMemo(
    () =>
      blocks(
        all ?? [],
        (order ?? []).map(({ name }) => name),
      ),
    [all, order],
  );
  const [seen, setSeen] = useState<string>();

  const { hasNextPage, isFetching, fetchNextPage } = fleet;
  useEffect(() => {
    if (hasNextPage && !isFetching) void fetchNextPage();
  }, [hasNextPage, isFetching, fetchNextPage]);

  if (!all)
    return fleet.isError ? <Failed error={fleet.error} retry={() => void fleet.refetch()} /> : <Waiting rows={8} height={28} />;
  if (all.length === 0) return <Empty title="No instance is like that" />;
  return (
    <div className={classes.map} data-roomy={(total ?? all.length) <= roomy || undefined}>
      <div className={classes.said}>
        <Said instance={all.find(({ name }) => name === seen)} />
        {hasNextPage && (
          <Text size="xs" c="dimmed" className="numbers" role="status">
            {all.length.toLocaleString("en")} of {(total ?? all.length).toLocaleString("en")}
          </Text>
        )}
      </div>
      {fields.map((field) => (
        <Field key={field.name} field={field} see={setSeen} />
      ))}
    </div>
  );
}

/** What the pointer or the keyboard is at. Its room is kept, so that nothing jumps. */
function Said({ instance }: { instance?: Instance }) {
  if (!instance)
    return (
      <Text size="sm" c="dimmed">
        Point at a square, or go through them with the arrow keys, to see which instance it is.
      </Text>
    );
  const { tone, label } = conditionOf(instance);
  return (
    <Group gap="xs" wrap="nowrap" miw={0}>
      <Text size="sm" fw={600} truncate>
        {instance.name}
      </Text>
      <Tag tone={tone}>{label}</Tag>
      <Text size="sm" c="dimmed" truncate>
        {instance.services.map(({ service, runningVersion }) => `${service} ${runningVersion ?? ""}`.trim()).join(", ")}
      </Text>
    </Group>
  );
}

type FieldProps = { field: Block; see: (name: string | undefined) => void };

/** One stop for the Tab key; inside, the arrow keys go from square to square. Plain links, because there may be ten thousand. */
function Field({ field, see }: FieldProps) {
  const navigate = route.useNavigate();
  const frame = useRef<HTMLUListElement>(null);
  const counts = useMemo(() => tally(field.instances), [field.instances]);

  const go = (event: MouseEvent) => {
    const name = nameAt(event.target);
    if (!name || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    void navigate({ to: "/instances/$instance", params: { instance: name } });
  };
  const move = (event: KeyboardEvent) => {
    const links = [...(frame.current?.querySelectorAll("a") ?? [])];
    const at = links.indexOf(event.target as HTMLAnchorElement);
    const columns = links.filter((link) => link.offsetTop === links[0]?.offsetTop).length;
    const next = at < 0 ? undefined : step(event.key, at, links.length, columns);
    if (next === undefined) return;
    event.preventDefault();
    links[next]?.focus();
  };

  return (
    <section className={classes.field}>
      <Group gap="4px 16px" mb={8} align="baseline">
        <Title order={2} size="h4" id={`map-${field.name}`}>
          {field.name}
        </Title>
        <Text size="sm" c="dimmed" className="numbers">
          {field.instances.length.toLocaleString("en")}
        </Text>
        {counts.map(({ tone, label, count }) => (
          <Text key={label} size="sm" className={classes.count}>
            <Dot tone={tone} />
            {count.toLocaleString("en")} {label}
          </Text>
        ))}
      </Group>
      <ul
        ref={frame}
        className={classes.squares}
        aria-labelledby={`map-${field.name}`}
        onClick={go}
        onKeyDown={move}
        onMouseOver={(event) => see(nameAt(event.target))}
        onFocus={(event: FocusEvent) => see(nameAt(event.target))}
      >
        {field.instances.map((instance, index) => (
          <Square key={instance.name} instance={instance} first={index === 0} />
        ))}
      </ul>
    </section>
  );
}

const Square = memo(function Square({ instance, first }: { instance: Instance; first: boolean }) {
  const { tone, label } = conditionOf(instance);
  return (
    <li>
      {/* biome-ignore lint/a11y/useAnchorContent: its name and state are its label; ten thousand elements inside would only cost time */}
      <a
        href={`/instances/${encodeURIComponent(instance.name)}`}
        data-name={instance.name}
        data-tone={tone}
        aria-label={`${instance.name}, ${label}`}
        tabIndex={first ? 0 : -1}
      />
    </li>
  );
});

function nameAt(target: EventTarget): string | undefined {
  return target instanceof HTMLElement ? target.dataset.name : undefined;
}
