import { Page } from "~/ui/Page";

export function TargetPage() {
  return <Page title="TargetPage">…</Page>;
}
