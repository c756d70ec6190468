import { IconAlertTriangle, IconArrowsSplit2, IconLock } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { memo } from "react";
import type { Target } from "~/api/schema";
import { HealthBar } from "~/ui/Health";
import { age } from "~/ui/time";
import { hasDrifted, isMixed, isUnwell, told } from "./board";
import classes from "./Home.module.css";

type CellProps = { target: Target; now: number; tabIndex?: number; column?: number };

/** One service in one environment, at a glance; the whole of it is the way to the target. */
export const Cell = memo(function Cell({ target, now, tabIndex, column }: CellProps) {
  const { service, environment, version, runningDeployment, hold } = target;
  return (
    <Link
      to="/targets/$service/$environment"
      params={{ service, environment }}
      className={classes.cell}
      data-live={runningDeployment ? true : undefined}
      data-unwell={isUnwell(target) || undefined}
      data-column={column}
      tabIndex={tabIndex}
      title={told(target)}
      aria-label={told(target)}
    >
      <span className={classes.top}>
        {runningDeployment && <span className={classes.ring} aria-hidden />}
        <span className={version ? classes.version : classes.never}>{version ?? "not deployed"}</span>
        {target.deployedAt && <span className={classes.age}>{age(Date.parse(target.deployedAt), now)}</span>}
      </span>
      <span className={classes.bottom}>
        <HealthBar counts={target.instances} width={48} plain />
        {Number(target.instances.total ?? 0) > 0 && `${target.instances.healthy ?? 0}/${target.instances.total}`}
        {hold && <IconLock size={14} className={classes.warn} aria-hidden />}
        {hasDrifted(target) ? (
          <IconAlertTriangle size={14} className={classes.bad} aria-hidden />
        ) : (
          isMixed(target) && <IconArrowsSplit2 size={14} className={classes.warn} aria-hidden />
        )}
        {target.behind && <Behind target={target} />}
      </span>
    </Link>
  );
});

function Behind({ target }: { target: Target }) {
  const { commits = 0, versions = 0 } = target.behind ?? {};
  return <span className={classes.behind}>{Number(commits) || Number(versions)} behind</span>;
}
