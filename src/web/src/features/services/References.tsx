import type { ArtifactReference } from "~/api/schema";
import { Go } from "~/ui/Page";
import { Mono } from "~/ui/Version";
import classes from "./References.module.css";

type ReferencesProps = {
  references: readonly ArtifactReference[] | undefined;
  /** With who made each of them. */
  whole?: boolean;
};

/** What was made for a version outside of Slipway: what it is, where it can be used, its id there. */
export function References({ references = [], whole }: ReferencesProps) {
  if (references.length === 0) return null;
  return (
    <ul className={classes.references} aria-label="Made for it">
      {references.map(({ kind, location, value, name, deployment }) => (
        <li key={`${kind} ${location} ${value}`} title={name ?? undefined}>
          <span className={classes.kind}>{kind}</span> <Mono>{value}</Mono> in {location}
          {whole && (
            <>
              {", "}
              {deployment ? (
                <>
                  by{" "}
                  <Go to="/deployments/$deployment" params={{ deployment }} inherit>
                    <Mono>{deployment}</Mono>
                  </Go>
                </>
              ) : (
                "published with it"
              )}
            </>
          )}
        </li>
      ))}
    </ul>
  );
}
