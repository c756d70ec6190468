import type { ServiceVersion } from "~/api/schema";
import { References } from "~/features/services/References";
import { BuildLink } from "~/ui/BuildLink";
import { Tag } from "~/ui/Status";
import { CommitId } from "~/ui/Version";
import { When } from "~/ui/When";
import type { Past, Place } from "./choose";
import classes from "./Deploy.module.css";

type RowProps = {
  version: ServiceVersion;
  environment: string;
  chosen: boolean;
  choose: () => void;
  places: readonly Place[];
  past: readonly Past[];
};

/** One version to choose: what is in it, where it runs, how it did there. */
export function VersionRow({ version, environment, chosen, choose, places, past }: RowProps) {
  const { badBecause, branch, commit, commits = [] } = version;
  const [newest] = commits;
  const id = `version-${version.version}`;
  return (
    <div className={classes.version} data-chosen={chosen || undefined}>
      <input
        type="radio"
        name="version"
        id={id}
        className={classes.radio}
        checked={chosen}
        onChange={choose}
        aria-describedby={`${id}-about`}
      />
      <div>
        <div className={classes.first}>
          <label htmlFor={id} className={classes.name}>
            {version.version}
          </label>
          <span className={`${classes.about} ${classes.above}`}>
            <When at={version.createdAt} />
          </span>
        </div>
        <div id={`${id}-about`}>
          {newest && (
            <span className={classes.subject} title={commits.map(({ message }) => message).join("\n")}>
              {newest.message}
              {commits.length > 1 && <span style={{ color: "var(--soft)" }}> +{commits.length - 1}</span>}
            </span>
          )}
          <div className={classes.about}>
            {branch && <span>{branch}</span>}
            {commit && <CommitId sha={commit} />}
            {version.createdBy && <span>{version.createdBy}</span>}
            <BuildLink url={version.buildUrl} version={version.version} className={classes.above} />
          </div>
          <References references={version.references} />
          <Standing badBecause={badBecause} places={places} past={past} environment={environment} />
        </div>
      </div>
    </div>
  );
}

type StandingProps = Pick<RowProps, "places" | "past" | "environment"> & { badBecause: string | null | undefined };

function Standing({ badBecause, places, past, environment }: StandingProps) {
  const failed = past.filter(({ status }) => status !== "succeeded");
  return (
    <>
      {badBecause && (
        <p className={classes.bad} title={badBecause}>
          {sentence(badBecause)}
        </p>
      )}
      <Tags places={places} failed={badBecause ? [] : failed} environment={environment} />
    </>
  );
}

/** The server's reason is the end of a sentence. */
function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

type TagsProps = Pick<RowProps, "places" | "environment"> & { failed: readonly Past[] };

function Tags({ places, failed, environment }: TagsProps) {
  if (places.length === 0 && failed.length === 0) return null;
  return (
    <div className={classes.tags}>
      {places.map((place) => (
        <Tag key={place.environment} tone={place.healthy === place.total ? "ok" : "warn"}>
          {place.environment === environment ? "runs here" : `runs in ${place.environment}`}
        </Tag>
      ))}
      {failed.map((each) => (
        <Tag key={each.deployment} tone="warn">
          {each.status === "failed" ? "failed" : "rolled back"} in {each.environment}
        </Tag>
      ))}
    </div>
  );
}
