import type { Strategy } from "~/api/schema";

/** In which steps, in a few words. */
export function strategyName(strategy: Strategy): string {
  switch (strategy.kind) {
    case "canary":
      return "canary";
    case "rolling":
      return "rolling";
    case "redBlack":
      return "red/black";
    case "highlander":
      return "highlander";
    case "allAtOnce":
    case undefined:
      return "all at once";
  }
}

/** In which steps, whole. */
export function strategySaid(strategy: Strategy): string {
  switch (strategy.kind) {
    case "canary": {
      const steps = (strategy.steps ?? []).map(
        ({ instances, soak }) => amount(instances) + (soak && soak !== "0s" ? ` for ${soak}` : ""),
      );
      return `canary: ${[...steps, `then ${amount(strategy.batch ?? "25%")} at a time`].join(", ")}`;
    }
    case "rolling":
      return `rolling: ${amount(strategy.batch ?? "25%")} at a time${strategy.pause && strategy.pause !== "0s" ? `, with ${strategy.pause} between` : ""}`;
    case "redBlack":
      return `red/black: new instances beside the old, then traffic moves${strategy.wait && strategy.wait !== "0s" ? ` after ${strategy.wait}` : ""}`;
    case "highlander":
      return "highlander: new instances, then the old are destroyed";
    case "allAtOnce":
    case undefined:
      return "all at once";
  }
}

function amount(instances: string | undefined): string {
  return instances ?? "1";
}
