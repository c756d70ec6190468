import { Page } from "~/ui/Page";

export function DeploymentsPage() {
  return <Page title="DeploymentsPage">…</Page>;
}
