import { AppShell, Box, Burger, Group, Kbd, Text, UnstyledButton } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { Link, Outlet, useLocation } from "@tanstack/react-router";
import { lazy, Suspense, useEffect, useState } from "react";
import { keepFresh } from "~/api/freshness";
import { listen } from "~/api/live";
import { FeedbackButton } from "~/features/feedback/FeedbackButton";
import { Logo } from "~/ui/Logo";
import { AccountMenu } from "./AccountMenu";
import { Navigation } from "./Navigation";
import { Pulse } from "./Pulse";
import classes from "./Shell.module.css";
import { usePaletteKey } from "./usePaletteKey";

const Palette = lazy(() => import("~/features/palette/Palette").then((module) => ({ default: module.Palette })));

/** The frame around every screen: where one is, how to get anywhere, and whether what is shown is live. */
export function Shell() {
  useLiveData();
  const [menu, { toggle, close }] = useDisclosure();
  const [palette, setPalette] = useState(false);
  usePaletteKey(() => setPalette((open) => !open));
  const { pathname } = useLocation();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the menu of a phone closes when the screen changes
  useEffect(close, [pathname]);

  return (
    <AppShell
      header={{ height: 52 }}
      navbar={{ width: 208, breakpoint: "md", collapsed: { mobile: !menu } }}
      padding={{ base: "sm", sm: "lg" }}
    >
      <a className="skip" href="#main">
        To the content
      </a>
      <AppShell.Header className={classes.header}>
        <Group gap="sm" wrap="nowrap">
          <Burger
            opened={menu}
            onClick={toggle}
            hiddenFrom="md"
            size="sm"
            aria-label={menu ? "Close the menu" : "Open the menu"}
          />
          <Link to="/" className={classes.brand}>
            <Logo />
            <Text span fw={700}>
              Slipway
            </Text>
          </Link>
        </Group>
        <UnstyledButton
          className={classes.search}
          onClick={() => setPalette(true)}
          aria-label="Go to or deploy anything"
          aria-keyshortcuts="Control+K"
        >
          <IconSearch size={16} aria-hidden />
          <span className={classes.searchText}>Go to or deploy anything</span>
          <Kbd size="xs" visibleFrom="sm">
            Ctrl K
          </Kbd>
        </UnstyledButton>
        <Group gap={6} wrap="nowrap" justify="flex-end">
          <Pulse />
          <FeedbackButton />
          <AccountMenu />
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="xs" className={classes.navbar} aria-label="Main">
        <Navigation />
      </AppShell.Navbar>
      <AppShell.Main id="main">
        <Outlet />
      </AppShell.Main>
      {palette && (
        <Suspense fallback={<Box role="status" aria-label="Loading" />}>
          <Palette close={() => setPalette(false)} />
        </Suspense>
      )}
    </AppShell>
  );
}

function useLiveData() {
  const queries = useQueryClient();
  useEffect(() => {
    const stopListening = listen();
    const stopRefreshing = keepFresh(queries);
    return () => {
      stopRefreshing();
      stopListening();
    };
  }, [queries]);
}
