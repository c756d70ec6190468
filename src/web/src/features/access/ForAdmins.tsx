import { IconLock } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { refusal } from "~/features/session/permissions";
import { useMe } from "~/features/session/queries";
import { Empty } from "~/ui/Faces";

/** What only administrators see: to all others the reason, and no request that would only be refused. */
export function ForAdmins({ title, children }: { title: string; children: ReactNode }) {
  const why = refusal(useMe(), "admin");
  if (!why) return children;
  return (
    <Empty icon={<IconLock size={22} />} title={title}>
      {why} Ask an administrator.
    </Empty>
  );
}
