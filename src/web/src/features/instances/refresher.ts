/**
 * Asks again after changes: one question at a time, a pause between two, and never forgets the last change. A fleet of thousands in which
 * something always changes would otherwise never get an answer to its end.
 */
export function refresher(ask: () => Promise<unknown>, pause: number): { poke: () => void; stop: () => void } {
  let asking = false;
  let again = false;
  let stopped = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const run = async () => {
    asking = true;
    again = false;
    const began = Date.now();
    await ask().catch(() => undefined);
    // What takes long is asked for less often.
    timer = setTimeout(
      () => {
        asking = false;
        if (again && !stopped) void run();
      },
      Math.max(pause, Date.now() - began),
    );
  };

  return {
    poke: () => {
      if (stopped) return;
      if (asking) again = true;
      else void run();
    },
    stop: () => {
      stopped = true;
      clearTimeout(timer);
    },
  };
}
