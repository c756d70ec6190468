import { expect, it } from "vitest";
import { withEvent } from "./freshness";
import type { DeploymentEvent } from "./schema";

const event = (sequence: number) => ({ sequence }) as DeploymentEvent;
const sequences = (events: DeploymentEvent[] | undefined) => events?.map(({ sequence }) => sequence);

it("a story grows by the next event, once", () => {
  expect(sequences(withEvent([event(1)], event(2)))).toEqual([1, 2]);
  expect(sequences(withEvent([event(1), event(2)], event(2)))).toEqual([1, 2]);
  expect(sequences(withEvent([], event(1)))).toEqual([1]);
});

it("a story with a gap has to be asked for", () => expect(withEvent([event(1)], event(3))).toBeUndefined());
