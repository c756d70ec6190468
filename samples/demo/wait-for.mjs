// Waits until an address answers with success: node wait-for.mjs URL SECONDS
import { setTimeout as pause } from 'node:timers/promises';

const [url, seconds] = process.argv.slice(2);
const deadline = Date.now() + seconds * 1000;
while (Date.now() < deadline) {
  const answer = await fetch(url).catch(() => null);
  if (answer?.ok) process.exit(0);
  await pause(20);
}
process.exit(1);
