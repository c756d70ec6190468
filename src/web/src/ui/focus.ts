let visited = 0;

/** Puts the focus on a screen's title, but not on the first screen after a load: there the browser begins at the top by itself. */
export function takeFocus(title: HTMLElement | null) {
  if (visited++ > 0) title?.focus({ preventScroll: true });
}
