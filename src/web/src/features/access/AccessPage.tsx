import { Page } from "~/ui/Page";

export function AccessPage() {
  return <Page title="AccessPage">…</Page>;
}
