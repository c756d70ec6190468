import {
  type InfiniteData,
  infiniteQueryOptions,
  type MutationOptions,
  type MutationState,
  type QueryClient,
  useMutation,
  useMutationState,
  useQueryClient,
} from "@tanstack/react-query";
import { api, idempotencyKey, take } from "~/api/client";
import { type Foreseen, foresee } from "~/api/foresee";
import { keys } from "~/api/keys";
import type { Feedback } from "~/api/schema";
import { useMe } from "~/features/session/queries";

type FeedbackFilter = { open?: boolean };

/** Newest first. Administrators see everybody's, others their own. */
export const feedbackLike = (filter: FeedbackFilter) =>
  infiniteQueryOptions({
    queryKey: keys.feedback(filter),
    queryFn: ({ signal, pageParam }) =>
      take(api.GET("/api/v1/feedback", { params: { query: { ...filter, cursor: pageParam || undefined, limit: 50 } }, signal })),
    initialPageParam: "",
    getNextPageParam: (page) => page.nextCursor || undefined,
  });

export function useGiveFeedback() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: { text: string; page: string }) =>
      take(api.POST("/api/v1/feedback", { params: { header: { "Idempotency-Key": idempotencyKey() } }, body })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["feedback"] }),
  });
}

type Answer = { id: string; text: string };

/** On the screen at once, and taken back when the server refuses. */
export function answering(
  queries: QueryClient,
  by: string,
  ask: (answer: Answer) => Promise<Feedback>,
): MutationOptions<Feedback, Error, Answer, () => void> {
  return {
    mutationFn: ask,
    onMutate: (answer) => foresee(queries, listsWith(queries, answer, by)),
    onError: (_error, _answer, takeBack) => takeBack?.(),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["feedback"] }),
  };
}

/** What is answered leaves the list of what waits for an answer. */
function listsWith(queries: QueryClient, { id, text }: Answer, by: string): Foreseen[] {
  const answered = (item: Feedback) =>
    item.id === id ? { ...item, answer: text, answeredBy: by, answeredAt: new Date().toISOString() } : item;
  return queries.getQueriesData({ queryKey: ["feedback"] }).map(([queryKey]) => {
    const { open } = queryKey[1] as FeedbackFilter;
    const items = (all: Feedback[]) => (open ? all.filter((item) => item.id !== id) : all.map(answered));
    const become = (known: InfiniteData<{ items: Feedback[] }>) => ({
      ...known,
      pages: known.pages.map((page) => ({ ...page, items: items(page.items) })),
    });
    return { queryKey, become };
  });
}

/** Every attempt has the name of what it answers, so that a refused one is found again after the item was away. */
const attempt = (id: string) => ["feedback", "answer", id];

export function useAnswerFeedback(id: string) {
  const put = ({ id, text }: Answer) =>
    take(api.PUT("/api/v1/feedback/{id}/answer", { params: { path: { id } }, body: { text } }));
  return useMutation({ ...answering(useQueryClient(), useMe().name, put), mutationKey: attempt(id) });
}

/** The last attempt to answer, if it was refused: what was written, why not, and when. */
export function useRefusedAnswer(id: string) {
  const last = useMutationState<MutationState<unknown, Error, Answer>>({
    filters: { mutationKey: attempt(id) },
    select: (mutation) => mutation.state as MutationState<unknown, Error, Answer>,
  }).at(-1);
  if (last?.status !== "error" || !last.variables) return undefined;
  return { text: last.variables.text, error: last.error, at: last.submittedAt };
}
