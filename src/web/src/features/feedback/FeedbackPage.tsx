import { Page } from "~/ui/Page";

export function FeedbackPage() {
  return <Page title="FeedbackPage">…</Page>;
}
