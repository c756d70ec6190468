import { expect, it } from "vitest";
import { inTurn, withEvent } from "./freshness";
import type { DeploymentEvent } from "./schema";

const event = (sequence: number) => ({ sequence }) as DeploymentEvent;
const sequences = (events: DeploymentEvent[] | undefined) => events?.map(({ sequence }) => sequence);

it("a story grows by the next event, once", () => {
  expect(sequences(withEvent([event(1)], event(2)))).toEqual([1, 2]);
  expect(sequences(withEvent([event(1), event(2)], event(2)))).toEqual([1, 2]);
  expect(sequences(withEvent([], event(1)))).toEqual([1]);
});

it("a story with a gap has to be asked for", () => expect(withEvent([event(1)], event(3))).toBeUndefined());

it("what changes several times while it is asked for is asked for once more", async () => {
  let answer = () => {};
  let asked = 0;
  const ask = () => {
    asked++;
    return new Promise<void>((answered) => {
      answer = answered;
    });
  };
  const over = inTurn("a", ask);
  void inTurn("a", ask);
  void inTurn("a", ask);
  expect(asked).toBe(1);
  answer();
  await Promise.resolve();
  await Promise.resolve();
  expect(asked).toBe(2);
  answer();
  await over;
  expect(asked).toBe(2);
});

it("what could not be asked is asked anew the next time", async () => {
  await inTurn("b", () => Promise.reject(new Error("away"))).catch(() => undefined);
  let asked = false;
  await inTurn("b", async () => {
    asked = true;
  });
  expect(asked).toBe(true);
});
