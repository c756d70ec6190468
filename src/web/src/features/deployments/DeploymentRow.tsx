import { IconArrowRight, IconRobot } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import type { ComponentPropsWithRef } from "react";
import type { Deployment } from "~/api/schema";
import { DeploymentTag } from "~/ui/Status";
import { Mono } from "~/ui/Version";
import { Elapsed, When } from "~/ui/When";
import classes from "./DeploymentRow.module.css";
import { strategyName } from "./strategy";

/** The names of the columns, in the order of the row. */
export function DeploymentHead() {
  return (
    <thead>
      <tr className={classes.head}>
        <th scope="col">Status</th>
        <th scope="col">What, where</th>
        <th scope="col">Version</th>
        <th scope="col">Strategy</th>
        <th scope="col">Who</th>
        <th scope="col" className={classes.right}>
          When
        </th>
        <th scope="col" className={classes.right}>
          Took
        </th>
      </tr>
    </thead>
  );
}

type DeploymentRowProps = ComponentPropsWithRef<"tr"> & { deployment: Deployment };

/** One deployment in one line; on a phone as a card. Stands in a table body; other attributes (a ref, a place) go to the row. */
export function DeploymentRow({ deployment, className, ...rest }: DeploymentRowProps) {
  const { id, service, environment, version, previousVersion, strategy, createdBy, createdAt, startedAt, finishedAt, automatic } =
    deployment;
  return (
    <tr className={`${classes.row} ${className ?? ""}`} {...rest}>
      <td className={classes.status}>
        <DeploymentTag deployment={deployment} />
      </td>
      <td className={classes.what}>
        <Link to="/deployments/$deployment" params={{ deployment: id }} className={classes.link}>
          {service}
        </Link>{" "}
        <span className={classes.soft}>in {environment}</span>
      </td>
      <td className={classes.versions}>
        {previousVersion && (
          <>
            <Mono c="dimmed">{previousVersion}</Mono>
            <IconArrowRight size={14} aria-label="to" className={classes.soft} style={{ flex: "none" }} />
          </>
        )}
        <Mono>{version}</Mono>
      </td>
      <td className={`${classes.strategy} ${classes.soft}`}>{strategyName(strategy)}</td>
      <td className={`${classes.who} ${classes.soft}`}>
        {automatic ? (
          <>
            <IconRobot size={14} aria-hidden style={{ verticalAlign: -2 }} /> automatic
          </>
        ) : (
          createdBy
        )}
      </td>
      <td className={`${classes.when} ${classes.right} ${classes.soft}`}>
        <When at={createdAt} />
      </td>
      <td className={`${classes.took} ${classes.right} ${classes.soft}`}>
        {startedAt ? <Elapsed from={startedAt} to={finishedAt} /> : "–"}
      </td>
      {deployment.failure && <td className={classes.failure}>{firstLine(deployment.failure.reason)}</td>}
    </tr>
  );
}

function firstLine(text: string): string {
  return text.split("\n", 1)[0] ?? text;
}
