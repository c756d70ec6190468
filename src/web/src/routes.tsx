import type { QueryClient } from "@tanstack/react-query";
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from "@tanstack/react-router";
import { ahead } from "./api/ahead";
import { Home, overview } from "./features/home/Home";
import { whoami } from "./features/session/queries";
import { Broken, NotFound } from "./features/shell/Broken";
import { Shell } from "./features/shell/Shell";
import { flag, list, optional, text, word } from "./routes/search";

/** The site map: every address of the interface, what it takes from the URL, and which screen it shows. */

const root = createRootRouteWithContext<{ queries: QueryClient }>()({
  component: Outlet,
  notFoundComponent: NotFound,
  errorComponent: Broken,
});

const signIn = createRoute({
  getParentRoute: () => root,
  path: "/sign-in",
  validateSearch: (search) => optional({ to: text(search.to) }),
  component: lazyRouteComponent(() => import("./features/session/SignIn"), "SignIn"),
});

const shell = createRoute({
  getParentRoute: () => root,
  id: "shell",
  component: Shell,
  errorComponent: Broken,
  beforeLoad: async ({ context, location }) => {
    if ((await context.queries.ensureQueryData(whoami)) === null)
      throw redirect({ to: "/sign-in", search: { to: location.href } });
  },
});

const home = createRoute({
  getParentRoute: () => shell,
  path: "/",
  validateSearch: (search) =>
    optional({
      q: text(search.q),
      team: text(search.team),
      env: list(search.env),
      show: word(search.show, ["favourites", "differences", "unhealthy", "held", "running"]),
    }),
  // In the first file, because it is where most people begin.
  component: Home,
  loader: ({ context }) => ahead(context.queries, overview),
});

const service = createRoute({
  getParentRoute: () => shell,
  path: "/services/$service",
  validateSearch: (search) =>
    optional({ tab: word(search.tab, ["versions", "deployments", "description", "ci"]), branch: text(search.branch) }),
  component: lazyRouteComponent(() => import("./features/services/ServicePage"), "ServicePage"),
});

const target = createRoute({
  getParentRoute: () => shell,
  path: "/targets/$service/$environment",
  validateSearch: (search) => optional({ instance: text(search.instance) }),
  component: lazyRouteComponent(() => import("./features/targets/TargetPage"), "TargetPage"),
});

const deploy = createRoute({
  getParentRoute: () => shell,
  path: "/targets/$service/$environment/deploy",
  validateSearch: (search) => optional({ version: text(search.version), q: text(search.q), branch: text(search.branch) }),
  component: lazyRouteComponent(() => import("./features/deploy/DeployPage"), "DeployPage"),
});

const deployments = createRoute({
  getParentRoute: () => shell,
  path: "/deployments",
  validateSearch: (search) =>
    optional({
      service: text(search.service),
      environment: text(search.environment),
      status: list(search.status),
      by: text(search.by),
      version: text(search.version),
    }),
  component: lazyRouteComponent(() => import("./features/deployments/DeploymentsPage"), "DeploymentsPage"),
});

const deployment = createRoute({
  getParentRoute: () => shell,
  path: "/deployments/$deployment",
  validateSearch: (search) => optional({ instance: text(search.instance), stage: text(search.stage) }),
  component: lazyRouteComponent(() => import("./features/deployments/DeploymentPage"), "DeploymentPage"),
});

const environments = createRoute({
  getParentRoute: () => shell,
  path: "/environments",
  component: lazyRouteComponent(() => import("./features/environments/EnvironmentsPage"), "EnvironmentsPage"),
});

const instances = createRoute({
  getParentRoute: () => shell,
  path: "/instances",
  validateSearch: (search) =>
    optional({
      q: text(search.q),
      environment: text(search.environment),
      service: text(search.service),
      label: list(search.label),
      state: text(search.state),
      version: text(search.version),
      agent: text(search.agent),
      away: flag(search.away),
      join: flag(search.join),
      view: word(search.view, ["map"]),
    }),
  component: lazyRouteComponent(() => import("./features/instances/InstancesPage"), "InstancesPage"),
});

const instance = createRoute({
  getParentRoute: () => shell,
  path: "/instances/$instance",
  validateSearch: (search) => optional({ service: text(search.service) }),
  component: lazyRouteComponent(() => import("./features/instances/InstancePage"), "InstancePage"),
});

const access = createRoute({
  getParentRoute: () => shell,
  path: "/access",
  validateSearch: (search) =>
    optional({
      tab: word(search.tab, ["tokens", "agents", "audit"]),
      actor: text(search.actor),
      code: text(search.code),
      since: word(search.since, ["1h", "1d", "7d"]),
    }),
  component: lazyRouteComponent(() => import("./features/access/AccessPage"), "AccessPage"),
});

const connections = createRoute({
  getParentRoute: () => shell,
  path: "/connections",
  component: lazyRouteComponent(() => import("./features/connections/ConnectionsPage"), "ConnectionsPage"),
});

const feedback = createRoute({
  getParentRoute: () => shell,
  path: "/feedback",
  validateSearch: (search) => optional({ all: flag(search.all) }),
  component: lazyRouteComponent(() => import("./features/feedback/FeedbackPage"), "FeedbackPage"),
});

const about = createRoute({
  getParentRoute: () => shell,
  path: "/about",
  component: lazyRouteComponent(() => import("./features/about/AboutPage"), "AboutPage"),
});

const tree = root.addChildren([
  signIn,
  shell.addChildren([
    home,
    service,
    target,
    deploy,
    deployments,
    deployment,
    environments,
    instances,
    instance,
    access,
    connections,
    feedback,
    about,
  ]),
]);

export function makeRouter(queries: QueryClient) {
  return createRouter({
    routeTree: tree,
    context: { queries },
    defaultPreload: "intent",
    defaultPreloadStaleTime: 0,
    scrollRestoration: true,
    defaultErrorComponent: Broken,
    defaultNotFoundComponent: NotFound,
  });
}

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof makeRouter>;
  }
}
