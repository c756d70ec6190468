import { useState } from "react";
import { idempotencyKey } from "~/api/client";

/**
 * Whether a question is open. Each opening has one key, so that a second click after a lost answer does nothing twice.
 * `forget`: what the last answer said is no longer shown.
 */
export function useAsking(forget?: () => void) {
  const [asking, setAsking] = useState<{ opened: boolean; key: string }>({ opened: false, key: "" });
  return {
    ...asking,
    open: () => {
      forget?.();
      setAsking({ opened: true, key: idempotencyKey() });
    },
    close: () => setAsking((before) => ({ ...before, opened: false })),
  };
}
