import { createTheme } from "@mantine/core";

/** Colours of a harbour: deep teal for what can be done, ink and mist for everything else. Shades 6 (light) and 4 (dark) carry text at 4.5:1. */
export const theme = createTheme({
  primaryColor: "slip",
  primaryShade: { light: 7, dark: 7 },
  autoContrast: true,
  defaultRadius: "md",
  cursorType: "pointer",
  fontFamily: "'Inter Variable', system-ui, -apple-system, 'Segoe UI', sans-serif",
  fontFamilyMonospace: "'JetBrains Mono Variable', ui-monospace, 'SF Mono', Menlo, Consolas, monospace",
  headings: {
    fontWeight: "650",
    sizes: { h1: { fontSize: "1.5rem", lineHeight: "1.25" }, h2: { fontSize: "1.05rem", lineHeight: "1.35" } },
  },
  colors: {
    slip: ["#e8f6f8", "#cfeaee", "#a3d7df", "#72c2ce", "#4aaebd", "#2a98a9", "#137f91", "#0b6e7f", "#075865", "#05434e"],
    dark: ["#e6edf2", "#c6d1d9", "#a3b1bc", "#7f8f9b", "#3a4854", "#2b3843", "#182129", "#10171d", "#0b1116", "#070b0e"],
  },
  components: {
    Badge: { defaultProps: { variant: "light", radius: "sm", tt: "none" } },
    Button: { defaultProps: { size: "sm" }, styles: { label: { lineHeight: 1.5 } } },
    Drawer: {
      defaultProps: { position: "right", closeButtonProps: { "aria-label": "Close" } },
      styles: {
        content: { background: "var(--surface)" },
        header: { background: "var(--surface)" },
        title: { fontWeight: 650, fontSize: 17, overflowWrap: "anywhere" },
      },
    },
    // The place that takes the focus first has a role that a menu may not hold; the first item takes it instead.
    Menu: { defaultProps: { withInitialFocusPlaceholder: false } },
    Modal: {
      defaultProps: {
        centered: true,
        overlayProps: { backgroundOpacity: 0.4, blur: 2 },
        closeButtonProps: { "aria-label": "Close" },
      },
      styles: { content: { background: "var(--surface)" }, header: { background: "var(--surface)" }, title: { fontWeight: 650 } },
    },
    NavLink: { styles: { root: { borderRadius: "var(--mantine-radius-md)" } } },
    Table: { defaultProps: { verticalSpacing: "xs", highlightOnHover: true } },
    Tooltip: {
      defaultProps: { openDelay: 200, withArrow: true, events: { hover: true, focus: true, touch: true } },
    },
  },
});
