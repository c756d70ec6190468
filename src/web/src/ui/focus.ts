import { type RefObject, useEffect, useRef } from "react";

let visited = 0;

/** Puts the focus on a screen's title, but not on the first screen after a load: there the browser begins at the top by itself. */
export function takeFocus(title: HTMLElement | null) {
  if (visited++ > 0) title?.focus({ preventScroll: true });
}

/** For what takes the place of a form in a dialog: the button that had the focus is gone with the form. The element needs tabIndex -1. */
export function useFocusAtFirst<T extends HTMLElement>(): RefObject<T | null> {
  const element = useRef<T>(null);
  useEffect(() => element.current?.focus({ preventScroll: true }), []);
  return element;
}
