import { notifications } from "@mantine/notifications";
import { useEffect, useRef, useState } from "react";
import { idempotencyKey } from "~/api/client";
import { Problem } from "~/api/problem";

/**
 * Whether a question is open. Each opening has one key, so that a second click after a lost answer does nothing twice.
 * `forget`: what the last answer said is no longer shown.
 */
export function useAsking(forget?: () => void) {
  const [asking, setAsking] = useState<{ opened: boolean; key: string }>({ opened: false, key: "" });
  const here = useRef(false);
  useEffect(() => {
    here.current = true;
    return () => {
      here.current = false;
    };
  }, []);
  return {
    ...asking,
    open: () => {
      forget?.();
      setAsking({ opened: true, key: idempotencyKey() });
    },
    close: () => setAsking((before) => ({ ...before, opened: false })),
    /** The question was closed before the answer came, and the answer is no: it stands there again; whoever went on is told. */
    refused: (error: unknown) => {
      if (here.current) setAsking((before) => ({ ...before, opened: true }));
      else notifications.show({ color: "red", title: "That was refused", message: Problem.of(error).message });
    },
  };
}
