// A load balancer and its busy clients in one: asks every instance's agent whether the service is ready there, sends requests in turn
// to those that are, all the time, retries nothing, and counts what came back. Like any balancer it believes an agent that says no
// at once, and gives up on one that says nothing only after the third time.
//   node client.mjs COUNTS PHASE SERVICE_PORT:READY_PORT...
// PHASE is a file with the name of what is going on; COUNTS is written with what was seen in each phase.
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';

const [countsFile, phaseFile, ...addresses] = process.argv.slice(2);
const instances = addresses.map((address) => {
  const [service, ready] = address.split(':');
  return { service: `http://127.0.0.1:${service}/?name=Ada`, ready: `http://127.0.0.1:${ready}/ready/greeter`, up: false };
});
const phases = {};
let phase = phaseNow();

for (const instance of instances) watch(instance);
while (!instances.some((instance) => instance.up)) await pause(20);
for (let client = 0; client < 4; client++) call();
for (;;) {
  await pause(50);
  writeFileSync(`${countsFile}.new`, JSON.stringify(phases));
  renameSync(`${countsFile}.new`, countsFile);
}

async function watch(instance) {
  for (let silent = 0; ; ) {
    const answer = await get(instance.ready).catch(() => null);
    silent = answer ? 0 : silent + 1;
    if (answer || silent >= 3) instance.up = answer?.status === 200;
    await pause(50);
  }
}

async function call() {
  for (let turn = 0; ; turn++) {
    phase = phaseNow() || phase;
    const seen = (phases[phase] ??= { requests: 0, failures: 0, versions: {}, reasons: {} });
    const up = instances.filter((instance) => instance.up);
    seen.requests++;
    try {
      if (up.length === 0) throw new Error('no instance was ready');
      const { status, body } = await get(up[turn % up.length].service);
      const { version } = JSON.parse(body);
      seen.versions[version] = (seen.versions[version] ?? 0) + 1;
      if (status !== 200) throw new Error(`${version} answered ${status}`);
    } catch (error) {
      seen.failures++;
      const reason = error.code ?? error.message;
      seen.reasons[reason] = (seen.reasons[reason] ?? 0) + 1;
    }
    await pause(10);
  }
}

// Empty in the moment in which it is being written.
function phaseNow() {
  return readFileSync(phaseFile, 'utf8').trim();
}

function get(url) {
  return new Promise((resolve, reject) => {
    const sent = request(url, { agent: false, timeout: 5000 }, (response) => {
      let body = '';
      response.setEncoding('utf8');
      response.on('data', (part) => (body += part));
      response.on('end', () => resolve({ status: response.statusCode, body }));
      response.on('error', reject);
    });
    sent.on('timeout', () => sent.destroy(new Error('no answer in 5 s')));
    sent.on('error', reject);
    sent.end();
  });
}
