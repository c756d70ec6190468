import { Alert, Loader, Text } from "@mantine/core";
import { IconCircleCheckFilled, IconCircleXFilled } from "@tabler/icons-react";
import { Problem } from "~/api/problem";
import type { ConnectionDiagnosis } from "~/api/schema";
import classes from "./Connections.module.css";

type DiagnosisProps = { pending: boolean; error: unknown; found: ConnectionDiagnosis | undefined };

/** What a test found, step by step; it ends at the first step that fails, with what to do about it. */
export function Diagnosis({ pending, error, found }: DiagnosisProps) {
  if (pending)
    return (
      <div className={classes.testing} role="status">
        <Loader size="xs" aria-hidden />
        <Text size="sm">Trying it. That takes at most 20 seconds.</Text>
      </div>
    );
  if (error)
    return (
      <Alert color="red" variant="light" role="alert" title="It could not be tested">
        {Problem.of(error).message}
      </Alert>
    );
  if (!found) return null;
  return (
    <section className={classes.diagnosis} data-works={found.works} aria-label="Diagnosis">
      <p className={classes.verdict} role="status">
        {found.works ? "It works." : "It does not work yet."}
      </p>
      <ol className={classes.steps}>
        {found.steps.map(({ name, works, message }) => (
          <li key={name} data-works={works}>
            {works ? (
              <IconCircleCheckFilled size={18} aria-label="works" />
            ) : (
              <IconCircleXFilled size={18} aria-label="does not work" />
            )}
            <div>
              <b>{capital(name)}</b>
              <div>{message}</div>
            </div>
          </li>
        ))}
      </ol>
    </section>
  );
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
