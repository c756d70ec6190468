import type { Page } from "@playwright/test";

/** Every screen, for whoever goes through all of them: where it is, the words that are there when it is complete, and what is done to see what it is about. */
export type Screen = { name: string; path: string; ready: RegExp; act?: (page: Page) => Promise<void> };

export function screens({ failed, watched }: { failed: string; watched: string }): Screen[] {
  return [
    { name: "overview", path: "/", ready: /nothing is being deployed|being deployed/ },
    { name: "target", path: "/targets/checkout/production", ready: /Automatic deployment/ },
    { name: "deploy", path: "/targets/checkout/production/deploy?version=1.9.0", ready: /Deploy 1\.9\.0 to production/ },
    { name: "deployment-failed", path: `/deployments/${failed}`, ready: /What is different about/ },
    { name: "deployment-running", path: `/deployments/${watched}`, ready: /web-1/ },
    { name: "deployments", path: "/deployments", ready: /1\.9\.1/ },
    { name: "service", path: "/services/checkout", ready: /1\.9\.1/ },
    { name: "service-deployments", path: "/services/checkout?tab=deployments", ready: /1\.9\.1/ },
    { name: "service-description", path: "/services/checkout?tab=description", ready: /greeter\.mjs/ },
    { name: "service-ci", path: "/services/checkout?tab=ci", ready: /slipway publish/ },
    { name: "environments", path: "/environments", ready: /What customers use/ },
    { name: "instances", path: "/instances", ready: /staging-1/ },
    { name: "instances-map", path: "/instances?view=map", ready: /Instances/ },
    { name: "join", path: "/instances?join=true", ready: /Make the line to run/ },
    { name: "instance", path: "/instances/web-1", ready: /checkout/ },
    { name: "tokens", path: "/access", ready: /admin/ },
    { name: "agents", path: "/access?tab=agents", ready: /./ },
    { name: "audit", path: "/access?tab=audit", ready: /deploy/ },
    { name: "feedback", path: "/feedback", ready: /Unanswered/ },
    { name: "about", path: "/about", ready: /API/ },
  ];
}
