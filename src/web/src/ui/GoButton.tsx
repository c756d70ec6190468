import { Button, type ButtonProps } from "@mantine/core";
import { createLink } from "@tanstack/react-router";
import type { ComponentPropsWithRef } from "react";

function PlainButton(props: ButtonProps & Omit<ComponentPropsWithRef<"a">, keyof ButtonProps>) {
  return <Button component="a" {...(props as ButtonProps)} />;
}

/** A link that looks like the action it begins. */
export const GoButton = createLink(PlainButton);
