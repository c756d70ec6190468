import { Anchor, Button, Group, SegmentedControl, Stack, Text } from "@mantine/core";
import { IconDownload, IconMessage2 } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { refusal } from "~/features/session/permissions";
import { useMe } from "~/features/session/queries";
import { Card } from "~/ui/Card";
import { Empty, Loaded } from "~/ui/Faces";
import { Page } from "~/ui/Page";
import { FeedbackItem } from "./FeedbackItem";
import { feedbackLike } from "./queries";

const route = getRouteApi("/shell/feedback");

/** What people said, newest first. Administrators see everybody's and answer; everybody sees their own. */
export function FeedbackPage() {
  const { all } = route.useSearch();
  const navigate = useNavigate();
  const isAdmin = refusal(useMe(), "admin") === undefined;
  const query = useInfiniteQuery(feedbackLike(all ? {} : { open: true }));

  return (
    <Page
      title="Feedback"
      lead={isAdmin ? "What people said, and where they were." : "What you said, and what was answered."}
      actions={
        isAdmin && (
          <Button
            component="a"
            href="/api/v1/feedback/export"
            download="feedback.csv"
            variant="default"
            leftSection={<IconDownload size={16} />}
          >
            Export as CSV
          </Button>
        )
      }
    >
      <Group>
        <SegmentedControl
          aria-label="Which"
          data={[
            { value: "open", label: "Unanswered" },
            { value: "all", label: "All" },
          ]}
          value={all ? "all" : "open"}
          onChange={(which) => navigate({ to: "/feedback", search: { all: which === "all" || undefined } })}
        />
      </Group>
      <Loaded query={query}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items);
          return items.length === 0 ? (
            <Card label="Feedback">
              <Empty
                icon={<IconMessage2 size={24} />}
                title={all ? "Nobody has said anything yet" : "Nothing is waiting for an answer"}
              >
                The button at the top of every screen sends a few words from there.
              </Empty>
            </Card>
          ) : (
            <Stack component="ul" gap="sm" p={0} m={0} style={{ listStyle: "none" }}>
              {items.map((item) => (
                <FeedbackItem key={item.id} item={item} mayAnswer={isAdmin} />
              ))}
            </Stack>
          );
        }}
      </Loaded>
      {query.hasNextPage && (
        <Group justify="center">
          <Button variant="default" loading={query.isFetchingNextPage} onClick={() => query.fetchNextPage()}>
            Older
          </Button>
        </Group>
      )}
      <Text size="sm" c="dimmed">
        Also for programs: <Anchor href="/docs">GET /api/v1/feedback</Anchor>.
      </Text>
    </Page>
  );
}
