/** Whether an agent is older than the server it talks to. Whatever is no version (a build of one's own) counts as current. */
export function isOutdated(agent: string | null | undefined, server: string): boolean {
  const [mine, theirs] = [parts(agent), parts(server)];
  if (!mine || !theirs) return false;
  for (let i = 0; i < 3; i++) if (mine[i] !== theirs[i]) return mine[i]! < theirs[i]!;
  return false;
}

function parts(version: string | null | undefined): number[] | undefined {
  const found = /^v?(\d+)\.(\d+)\.(\d+)/.exec(version ?? "");
  return found ? [Number(found[1]), Number(found[2]), Number(found[3])] : undefined;
}
