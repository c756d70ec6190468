import type { ReactNode } from "react";
import classes from "./Notice.module.css";

type NoticeProps = { icon: ReactNode; title: string; action?: ReactNode; children: ReactNode };

/** Something to know before anything else on the screen, and what can be done about it. */
export function Notice({ icon, title, action, children }: NoticeProps) {
  return (
    <section className={classes.notice} aria-label={title}>
      <span className={classes.icon} aria-hidden>
        {icon}
      </span>
      <div className={classes.body}>
        <b>{title}</b>
        <div>{children}</div>
      </div>
      {action}
    </section>
  );
}
