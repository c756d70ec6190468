import { Anchor, Text } from "@mantine/core";
import { IconCloud, IconDownload, IconEye, IconRefresh } from "@tabler/icons-react";
import { useState } from "react";
import type { PlannedStage } from "~/api/schema";
import { titleOf } from "~/features/deployments/stages";
import { milliseconds, spoken } from "~/ui/time";
import classes from "./PlanStages.module.css";
import { changes } from "./plan";

/** More names than this are one click away. */
const fewNames = 12;

/** The stages of a plan in their order, with exactly the instances each changes. */
export function PlanStages({ stages }: { stages: readonly PlannedStage[] }) {
  return (
    <ol className={classes.stages} aria-label="Stages">
      {stages.map((stage) => (
        <li key={stage.name} className={classes.stage} data-changes={changes(stage) || undefined}>
          <span className={classes.mark} aria-hidden>
            <StageIcon stage={stage} />
          </span>
          <div>
            <div className={classes.head}>
              <Text size="sm" fw={600} span>
                {titleOf(stage.name)}
              </Text>
              <Text size="xs" c="dimmed" span className="numbers">
                {stage.wait
                  ? spoken(milliseconds(stage.wait))
                  : stage.deadline && `at most ${spoken(milliseconds(stage.deadline))}`}
              </Text>
            </div>
            <Text size="sm" c="dimmed">
              {stage.description}
            </Text>
            {changes(stage) && <Names names={stage.instances ?? []} />}
          </div>
        </li>
      ))}
    </ol>
  );
}

function StageIcon({ stage }: { stage: PlannedStage }) {
  if (stage.wait || stage.kind === "declaredCheck") return <IconEye size={13} />;
  if (stage.interruptible) return <IconCloud size={13} />;
  return changes(stage) ? <IconRefresh size={13} /> : <IconDownload size={13} />;
}

/** Instance names, in the order in which they are changed. */
export function Names({ names }: { names: readonly string[] }) {
  const [all, setAll] = useState(false);
  const shown = all ? names : names.slice(0, fewNames);
  return (
    <>
      <ul className={classes.instances}>
        {shown.map((name) => (
          <li key={name} className={classes.instance}>
            {name}
          </li>
        ))}
      </ul>
      {names.length > fewNames && (
        <Anchor component="button" type="button" size="xs" onClick={() => setAll(!all)} aria-expanded={all}>
          {all ? "Show fewer" : `Show all ${names.length}`}
        </Anchor>
      )}
    </>
  );
}
