import { Tooltip } from "@mantine/core";
import { cloneElement, type ReactElement } from "react";
import type { Scope } from "~/api/schema";
import { refusal } from "./permissions";
import { useMe } from "./queries";

type AllowedProps = {
  scope: Scope;
  service?: string;
  environment?: string;
  /** Another reason why it can not be done at the moment. */
  unless?: string | false | null;
  children: ReactElement<{ disabled?: boolean; "data-disabled"?: boolean; "aria-disabled"?: boolean; onClick?: unknown }>;
};

/** A button that stays visible when it may not be used, and says why. It keeps the focus, so that the keyboard finds the reason too. */
export function Allowed({ scope, service, environment, unless, children }: AllowedProps) {
  const why = refusal(useMe(), scope, { service, environment }) ?? unless;
  if (!why) return children;
  return (
    <Tooltip label={why} multiline maw={320}>
      {cloneElement(children, { "data-disabled": true, "aria-disabled": true, onClick: prevent })}
    </Tooltip>
  );
}

function prevent(event: { preventDefault(): void }) {
  event.preventDefault();
}
