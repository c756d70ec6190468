import { Group as Row, TextInput, VisuallyHidden } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { useState } from "react";
import { Card } from "~/ui/Card";
import { Empty } from "~/ui/Faces";
import { Dot } from "~/ui/Status";
import { Pill } from "~/ui/Tile";
import { BoardGrid } from "./BoardGrid";
import { type Group, tally } from "./board";
import { titleOf } from "./stages";

/** From here on one looks for an instance by name. */
const many = 24;

type BoardProps = {
  groups: Group[];
  /** Only the instances of this stage. */
  stage?: string;
  selected?: string;
  open: (instance: string) => void;
  clearStage: () => void;
};

/** Every instance and what it does at the moment, batch by batch. */
export function Board({ groups, stage, selected, open, clearStage }: BoardProps) {
  const [label, setLabel] = useState<string>();
  const [search, setSearch] = useState("");
  const total = groups.reduce((sum, { tiles }) => sum + tiles.length, 0);
  const inStage = ofStage(groups, stage);
  const tallies = tally(inStage);
  const wanted = tallies.some((each) => each.label === label) ? label : undefined;
  const shown = inStage
    .map((group) => ({
      ...group,
      tiles: group.tiles.filter((tile) => (!wanted || tile.label === wanted) && tile.instance.includes(search.trim())),
    }))
    .filter(({ tiles }) => tiles.length > 0);

  return (
    <Card
      title="Instances"
      flush
      actions={
        total > many && (
          <TextInput
            size="xs"
            placeholder="Name of an instance"
            aria-label="Find an instance by name"
            leftSection={<IconSearch size={14} aria-hidden />}
            value={search}
            onChange={(event) => setSearch(event.currentTarget.value)}
          />
        )
      }
    >
      <Row gap={6} px={12} pb={4}>
        {tallies.map(({ label: each, tone, count }) => (
          <Pill key={each} pressed={wanted === each} onClick={() => setLabel(wanted === each ? undefined : each)}>
            <Dot tone={tone} live={tone === "busy"} />
            {count.toLocaleString("en")} {each}
          </Pill>
        ))}
        {stage && (
          <Pill onClick={clearStage}>
            only {titleOf(stage)} <span aria-hidden>✕</span>
            <VisuallyHidden>: show all stages</VisuallyHidden>
          </Pill>
        )}
      </Row>
      {shown.length === 0 ? (
        <Empty title={total === 0 ? "No instances yet" : "No instance fits"}>
          {total === 0 ? "They appear as soon as the plan names them." : "Choose another stage or another word."}
        </Empty>
      ) : (
        <BoardGrid groups={shown} dense={total > 240} selected={selected} open={open} />
      )}
    </Card>
  );
}

/** A stage that switches shows its own; one that prepares or goes back shows all that it is about. */
function ofStage(groups: Group[], stage: string | undefined): Group[] {
  if (!stage) return groups;
  const own = groups.filter(({ name }) => name === stage);
  if (own.length > 0) return own;
  return groups.map((group) => ({ ...group, tiles: group.tiles.filter(({ row }) => row?.stage === stage) }));
}
