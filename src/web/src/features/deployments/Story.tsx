import { Button } from "@mantine/core";
import { useLayoutEffect, useRef, useState } from "react";
import type { Deployment, DeploymentEvent } from "~/api/schema";
import { Card } from "~/ui/Card";
import { Dot } from "~/ui/Status";
import { clock, exact } from "~/ui/time";
import { isUnderWay } from "~/ui/tone";
import classes from "./Story.module.css";
import { storyOf } from "./story";

const strong: ReadonlySet<string> = new Set(["started", "stageFailed", "approvalAnswered", "rollbackStarted", "finished"]);

/** What happened, as it happened. The newest stands last and stays in sight until the reader scrolls up. */
export function Story({ deployment, events }: { deployment: Deployment; events: DeploymentEvent[] }) {
  const story = storyOf(
    events,
    deployment.stages.map(({ name }) => name),
  );
  const { frame, follows, scrolled, follow } = useFollow(story.length);
  return (
    <Card
      title="What happened"
      flush
      actions={
        !follows &&
        isUnderWay(deployment.status) && (
          <Button size="compact-xs" variant="subtle" onClick={follow}>
            Follow
          </Button>
        )
      }
    >
      <section ref={frame} className={classes.frame} onScroll={scrolled} tabIndex={0} aria-label="The story, oldest first">
        <ol className={classes.story}>
          {story.map(({ id, time, tone, text, actor, type, times }) => (
            <li key={id} className={classes.line} data-strong={strong.has(type) || undefined}>
              <span className={classes.mark}>
                <Dot tone={tone} />
              </span>
              <span>
                <span className={classes.when}>
                  <time dateTime={time} title={exact(time)}>
                    {clock(time)}
                  </time>
                  {actor && <span>{actor}</span>}
                  {times > 1 && <span>{times} times</span>}
                </span>
                <span className={classes.text}>{text}</span>
              </span>
            </li>
          ))}
        </ol>
      </section>
    </Card>
  );
}

function useFollow(length: number) {
  const frame = useRef<HTMLElement>(null);
  const [follows, setFollows] = useState(true);
  const toEnd = () => {
    if (frame.current) frame.current.scrollTop = frame.current.scrollHeight;
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new line is the reason to move
  useLayoutEffect(() => {
    if (follows) toEnd();
  }, [length, follows]);
  const scrolled = () => {
    const box = frame.current;
    if (box) setFollows(box.scrollHeight - box.scrollTop - box.clientHeight < 24);
  };
  return { frame, follows, scrolled, follow: () => setFollows(true) };
}
