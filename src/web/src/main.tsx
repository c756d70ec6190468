import "./ui/mantine.css";
import "@fontsource-variable/inter";
import "@fontsource-variable/jetbrains-mono";
import "./ui/base.css";
import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { lazy, StrictMode, Suspense } from "react";
import { createRoot } from "react-dom/client";
import { inAMoment } from "./api/ahead";
import { onSignedOut } from "./api/client";
import { keys } from "./api/keys";
import { persistently } from "./api/persistently";
import { Problem } from "./api/problem";
import { makeRouter } from "./routes";
import { theme } from "./ui/theme";

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      // The change stream says what is stale; this is only the net below it.
      staleTime: 60_000,
      refetchInterval: false,
      retry: (failures, error) => {
        const { status } = Problem.of(error);
        return (status === 0 || status >= 500) && failures < 3;
      },
    },
  },
});
const router = makeRouter(queries);

onSignedOut(() => {
  if (queries.getQueryData(keys.whoami) === null) return;
  queries.setQueryData(keys.whoami, null);
  void router.navigate({ to: "/sign-in", search: { to: router.state.location.href } });
});

// Not before the first screen: nothing is announced until somebody has done something.
const firstScreen = router.load();
const Announcements = lazy(async () => {
  await firstScreen;
  await atLeisure();
  return { default: (await persistently(() => import("./ui/Announcements"))).Announcements };
});

// Painted once, with what it shows; where the server is slow, without.
void inAMoment(firstScreen).then(() =>
  createRoot(document.getElementById("root")!).render(
    <StrictMode>
      <QueryClientProvider client={queries}>
        <MantineProvider theme={theme} defaultColorScheme="auto">
          <Suspense>
            <Announcements position="bottom-right" />
          </Suspense>
          <RouterProvider router={router} />
        </MantineProvider>
      </QueryClientProvider>
    </StrictMode>,
  ),
);

/** When the browser has nothing better to do. Safari does not say when that is. */
function atLeisure(): Promise<void> {
  return new Promise((go) => ("requestIdleCallback" in window ? requestIdleCallback(() => go()) : setTimeout(go, 500)));
}
