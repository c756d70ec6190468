import type {
  Deployment,
  DeploymentEvent,
  Instance,
  InstanceProgress,
  PlannedStage,
  StageProgress,
  StageStatus,
} from "~/api/schema";

// Builders for the tests of this folder: they name only what matters.

const batches: PlannedStage[] = [
  {
    name: "prepare",
    kind: "prepare",
    description: "Fetch and unpack 2 on 3 instances",
    instances: ["a", "b", "c"],
    deadline: "10m",
  },
  { name: "canary-1", kind: "activate", description: "Switch 1 instance to 2", instances: ["a"], deadline: "1m" },
  {
    name: "soak-1",
    kind: "soak",
    description: "Watch the 1 instance changed so far for 20s",
    instances: [],
    deadline: "50s",
    wait: "20s",
  },
  { name: "batch-1", kind: "activate", description: "Switch 2 instances to 2", instances: ["b", "c"], deadline: "1m" },
];

export function deploymentAt(statuses: StageStatus[], rest: Partial<Deployment> = {}): Deployment {
  return {
    id: "d-0000000000",
    service: "shop",
    environment: "production",
    version: "2",
    previousVersion: "1",
    strategy: { kind: "canary" },
    status: "running",
    plan: { stages: batches, changes: { toVersion: "2" } },
    stages: batches.map(
      ({ name, kind, description }, at): StageProgress => ({
        name,
        kind,
        description,
        status: statuses[at] ?? "pending",
      }),
    ),
    createdBy: "ann",
    createdAt: "2026-11-24T12:00:00Z",
    sequence: 1,
    ...rest,
  };
}

export const restore: StageProgress = { name: "restore", kind: "restore", description: "Activate 1 again", status: "running" };

export function row(instance: string, stage: string, step: InstanceProgress["step"], version = "1"): InstanceProgress {
  return { instance, stage, step, version, updatedAt: "2026-11-24T12:00:00Z" };
}

export function event(id: number, type: string, message: string, rest: Partial<DeploymentEvent> = {}): DeploymentEvent {
  const where = { deployment: "d-0000000000", service: "shop", environment: "production" };
  return { id, sequence: id, type, message, time: `2026-11-24T12:00:0${id % 10}Z`, data: { type }, ...where, ...rest };
}

export function instance(name: string, labels: Record<string, string> = {}, rest: Partial<Instance> = {}): Instance {
  return {
    name,
    labels,
    environment: "production",
    connected: true,
    agentVersion: "1.0",
    joinedAt: "2026-11-24T12:00:00Z",
    services: [{ service: "shop", state: "healthy", runningVersion: "1" }],
    ...rest,
  };
}
