// Prints as many free ports as asked for: node free-ports.mjs COUNT [PREFERRED]. The preferred one comes first, if nobody listens there.
// All others are below the range that outgoing connections are given, so that a restarting service finds its port still free.
import { createServer } from 'node:net';

const [count, preferred] = process.argv.slice(2).map(Number);
const listen = (port) =>
  new Promise((resolve) => {
    const server = createServer();
    server.on('error', () => resolve(null));
    server.listen(port, '127.0.0.1', () => resolve(server));
  });

const held = preferred ? [await listen(preferred)].filter(Boolean) : [];
while (held.length < count) {
  const server = await listen(20_000 + Math.floor(Math.random() * 12_000));
  if (server) held.push(server);
}
console.log(held.map((server) => server.address().port).join(' '));
for (const server of held) server.close();
