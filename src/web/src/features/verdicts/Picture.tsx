import { useElementSize } from "@mantine/hooks";
import type { ReactNode } from "react";
import classes from "./Picture.module.css";

type PictureProps = {
  title: string;
  /** What its marks mean. */
  legend?: ReactNode;
  height: number;
  /** Stands in its place where there is too little to draw. */
  instead?: string;
  /** What is seen, for who cannot see it. */
  said: string;
  children: (width: number) => ReactNode;
};

/** The frame of a picture: its title, what its marks mean, and the drawing in as many pixels as there are. */
export function Picture({ title, legend, height, instead, said, children }: PictureProps) {
  const { ref, width } = useElementSize();
  return (
    <figure className={classes.picture}>
      <figcaption className={classes.caption}>
        <b>{title}</b>
        {!instead && legend}
      </figcaption>
      {instead ? (
        <p className={classes.instead}>{instead}</p>
      ) : (
        <div ref={ref} style={{ height }}>
          {width > 0 && (
            <Drawing width={width} height={height} said={said}>
              {children(width)}
            </Drawing>
          )}
        </div>
      )}
    </figure>
  );
}

type DrawingProps = { width: number; height: number; said: string; children?: ReactNode };

export function Drawing({ width, height, said, children }: DrawingProps) {
  return (
    <svg className={classes.drawing} width={width} height={height} role="img" aria-label={said}>
      {children}
    </svg>
  );
}

/** Which line is whose: by its stroke too, never by its colour alone. */
export function Legend({ changed, other }: { changed: string; other?: string }) {
  return (
    <span className={classes.legend}>
      <Stroke of="changed" /> {changed}
      {other && (
        <>
          <Stroke of="other" /> {other}
        </>
      )}
    </span>
  );
}

function Stroke({ of }: { of: "changed" | "other" }) {
  return (
    <svg width={22} height={8} aria-hidden className={classes.drawing}>
      <path d="M2 4H20" className={classes.curve} data-of={of} />
    </svg>
  );
}
