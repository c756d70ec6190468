const longest = 60_000;

/** Until it succeeds, ever less often. What is loaded beside the screen must not take the screen down when the server goes away at that moment. */
export async function persistently<T>(load: () => Promise<T>, pause = 1_000): Promise<T> {
  try {
    return await load();
  } catch {
    await new Promise((go) => setTimeout(go, pause));
    return persistently(load, Math.min(pause * 2, longest));
  }
}
