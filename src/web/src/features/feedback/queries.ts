import { infiniteQueryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, idempotencyKey, take } from "~/api/client";
import { keys } from "~/api/keys";

/** Newest first. Administrators see everybody's, others their own. */
export const feedbackLike = (filter: { open?: boolean }) =>
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

export function useAnswerFeedback() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ id, text }: { id: string; text: string }) =>
      take(api.PUT("/api/v1/feedback/{id}/answer", { params: { path: { id } }, body: { text } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["feedback"] }),
  });
}
