import { useEffect, useState } from "react";
import type { LogLine } from "~/api/schema";

/** More than this is not kept in the page: the file on the instance has it all. */
const mostLines = 5000;
/** Lines that come together are drawn together. Milliseconds. */
const drawPause = 100;

/** "connecting", "open", or a sentence that says why there is nothing more. */
export type TailState = string;

export function useLogTail(instance: string, service: string): { lines: string[]; state: TailState } {
  const [lines, setLines] = useState<string[]>([]);
  const [state, setState] = useState<TailState>("connecting");

  useEffect(() => {
    setLines([]);
    setState("connecting");
    let waiting: string[] = [];
    let fresh = true;
    const draw = setInterval(() => {
      if (waiting.length === 0) return;
      const came = waiting;
      const again = fresh;
      waiting = [];
      fresh = false;
      setLines((known) => (again ? came : [...known, ...came]).slice(-mostLines));
    }, drawPause);

    const source = new EventSource(
      `/api/v1/instances/${encodeURIComponent(instance)}/services/${encodeURIComponent(service)}/logs?lines=500&follow=true`,
    );
    source.onopen = () => {
      // A stream that opens again begins with the past again.
      fresh = true;
      waiting = [];
      setState("open");
    };
    source.onmessage = (message: MessageEvent<string>) => waiting.push((JSON.parse(message.data) as LogLine).line);
    source.onerror = () =>
      setState(
        source.readyState === EventSource.CLOSED
          ? "No output to be had: the instance is not connected."
          : "Interrupted; trying again…",
      );

    return () => {
      source.close();
      clearInterval(draw);
    };
  }, [instance, service]);

  return { lines, state };
}
