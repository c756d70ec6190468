import { Anchor, Text } from "@mantine/core";
import { useState } from "react";
import type { Commit } from "~/api/schema";
import { CommitId } from "~/ui/Version";
import { When } from "~/ui/When";
import classes from "./Commits.module.css";

type CommitsProps = { commits: readonly Commit[]; few?: number };

/** Commits, newest first: number, what it says, who and when. */
export function Commits({ commits, few = 10 }: CommitsProps) {
  const [all, setAll] = useState(false);
  if (commits.length === 0)
    return (
      <Text size="sm" c="dimmed">
        No commits were told when these versions were published.
      </Text>
    );
  return (
    <div className={classes.frame}>
      <ul className={classes.commits} aria-label="Commits">
        {(all ? commits : commits.slice(0, few)).map((commit) => (
          <li key={commit.sha} className={classes.commit}>
            <CommitId sha={commit.sha} />
            <span className={classes.message}>{commit.message}</span>
            <span className={classes.who}>
              {commit.author}
              {commit.author && commit.time && " · "}
              {commit.time && <When at={commit.time} />}
            </span>
          </li>
        ))}
      </ul>
      {commits.length > few && (
        <Anchor component="button" type="button" size="sm" mt={4} onClick={() => setAll(!all)} aria-expanded={all}>
          {all ? "Show fewer" : `Show all ${commits.length} commits`}
        </Anchor>
      )}
    </div>
  );
}
