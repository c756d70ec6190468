import { expect, it } from "vitest";
import type { HealthDefinition, ServiceDefinition } from "~/api/schema";
import { bytes, healthy, inWords } from "./inWords";

it("says the three-line description in sentences", () => {
  const definition = {
    service: "checkout",
    type: "trigger",
    run: ["./checkout", "--port", "8080"],
    health: { http: "/healthz", deadline: "60s" },
  };
  expect(Object.fromEntries(inWords(definition as ServiceDefinition))).toMatchObject({
    "Starts with": "./checkout --port 8080",
    "Is healthy when": "GET /healthz answers 200-299, within 60s of its start",
    "Changes instances": "one instance first, then a quarter at a time",
  });
});

it("says every kind of health", () => {
  expect(healthy({ tcp: 0 } as HealthDefinition)).toBe("its port accepts a connection");
  expect(healthy({ tcp: 5432, settle: "3s" } as HealthDefinition)).toBe("port 5432 accepts a connection, stays so for 3s");
  expect(healthy({ command: ["check", "-q"] } as HealthDefinition)).toBe("check -q ends with 0");
  expect(healthy({} as HealthDefinition)).toBe("its process is alive");
});

it("says bytes", () => {
  expect(bytes(512)).toBe("512 B");
  expect(bytes(1_500_000)).toBe("1.5 MB");
  expect(bytes(20_000_000_000)).toBe("20 GB");
});
