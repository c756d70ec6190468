import { Autocomplete, Button, Center, Group, Select, Text, UnstyledButton } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import type { AuditEntry } from "~/api/schema";
import { Card } from "~/ui/Card";
import { Empty, Failed, Waiting } from "~/ui/Faces";
import { type Column, Rows } from "~/ui/Rows";
import { Tag } from "~/ui/Status";
import { Mono } from "~/ui/Version";
import { When } from "~/ui/When";
import { deed, outcome, type Span, sinceTime } from "./deed";
import { allTokens, auditLike } from "./queries";

const route = getRouteApi("/shell/access");
const codes = ["forbidden", "unauthenticated", "token_invalid", "token_expired", "token_revoked", "join_token_invalid"];
const spans = [
  { value: "1h", label: "Last hour" },
  { value: "1d", label: "Last day" },
  { value: "7d", label: "Last week" },
];

/** Who did what, when, from where, and with what outcome. Refusals are in it too. */
export function AuditTab() {
  const { actor, code, since } = route.useSearch();
  const navigate = route.useNavigate();
  const narrow = (next: { actor?: string; code?: string; since?: Span }) =>
    void navigate({ search: { tab: "audit", actor, code, since, ...next }, replace: true });
  const tokens = useQuery(allTokens).data ?? [];
  return (
    <>
      <Group gap="sm" mb="sm">
        <Filter
          label="Who"
          data={[...new Set([...tokens.map(({ name }) => name), "anonymous"])]}
          value={actor}
          change={(next) => narrow({ actor: next })}
        />
        <Filter label="Refused with code" data={codes} value={code} change={(next) => narrow({ code: next })} />
        <Select
          aria-label="When"
          placeholder="Any time"
          data={spans}
          value={since ?? null}
          onChange={(next) => narrow({ since: (next as Span | null) ?? undefined })}
          clearable
          clearButtonProps={{ "aria-label": "Any time" }}
          w={150}
        />
      </Group>
      <Card flush label="Audit">
        <Entries key={since} actor={actor} code={code} since={since} pick={(next) => narrow({ actor: next })} />
      </Card>
    </>
  );
}

type FilterProps = { label: string; data: string[]; value?: string; change: (value: string | undefined) => void };

function Filter({ label, data, value, change }: FilterProps) {
  const [text, setText] = useState(value ?? "");
  const later = useDebouncedCallback((next: string) => change(next.trim() || undefined), 300);
  useEffect(() => setText((now) => (now.trim() === (value ?? "") ? now : (value ?? ""))), [value]);
  return (
    <Autocomplete
      aria-label={label}
      placeholder={label}
      data={data}
      value={text}
      onChange={(next) => {
        setText(next);
        later(next);
      }}
      clearable
      clearButtonProps={{ "aria-label": `${label}: all` }}
      w={200}
    />
  );
}

type EntriesProps = { actor?: string; code?: string; since?: Span; pick: (actor: string) => void };

function Entries({ actor, code, since, pick }: EntriesProps) {
  const [from] = useState(() => sinceTime(since, Date.now()));
  const query = useInfiniteQuery(auditLike({ actor, code, since: from }));
  if (!query.data)
    return query.isError ? <Failed error={query.error} retry={() => void query.refetch()} /> : <Waiting rows={10} height={28} />;
  const entries = query.data.pages.flatMap((page) => page.items);
  if (entries.length === 0) return <Empty title="Nothing like that was recorded" />;
  return (
    <>
      <Rows label="Audit" columns={columnsOf(pick)} items={entries} id={({ id }) => String(id)} />
      {query.hasNextPage && (
        <Center p="sm">
          <Button variant="default" size="xs" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            Earlier ones
          </Button>
        </Center>
      )}
    </>
  );
}

const columnsOf = (pick: (actor: string) => void): Column<AuditEntry>[] => [
  { title: "When", cell: ({ time }) => <When at={time} /> },
  {
    title: "Who",
    cell: ({ actor }) => (
      <UnstyledButton fz="sm" c="var(--mantine-color-anchor)" onClick={() => pick(actor)} aria-label={`Only what ${actor} did`}>
        {actor}
      </UnstyledButton>
    ),
  },
  { title: "What", kind: "heading", cell: ({ action }) => <Deed action={action} /> },
  { title: "Outcome", cell: (entry) => <Outcome entry={entry} /> },
  { title: "From", cell: ({ remoteAddress }) => (remoteAddress ? <Mono>{remoteAddress}</Mono> : "–") },
];

function Deed({ action }: { action: string }) {
  const said = deed(action);
  return (
    <>
      {said && <Text size="sm">{said}</Text>}
      <Mono truncate={false} c={said ? "dimmed" : undefined} fz={12}>
        {action}
      </Mono>
    </>
  );
}

function Outcome({ entry: { status, code } }: { entry: AuditEntry }) {
  const { tone, label } = outcome(status);
  return (
    <>
      <Tag tone={tone}>{label}</Tag>{" "}
      <Text span size="xs" c="dimmed">
        {code ?? status}
      </Text>
    </>
  );
}
