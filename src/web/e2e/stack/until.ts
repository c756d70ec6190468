import { setTimeout as pause } from "node:timers/promises";

/** The first answer that is not undefined or false; asks again soon, and gives up with a sentence. */
export async function until<T>(what: string, ask: () => Promise<T | undefined | false>, seconds = 30): Promise<T> {
  const end = performance.now() + seconds * 1000;
  let last: unknown;
  do {
    try {
      const answer = await ask();
      if (answer !== undefined && answer !== false) return answer;
      last = undefined;
    } catch (thrown) {
      last = thrown;
    }
    await pause(25);
  } while (performance.now() < end);
  throw new Error(`Not within ${seconds} s: ${what}`, { cause: last });
}
