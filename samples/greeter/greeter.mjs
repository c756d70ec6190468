// The demo's own service: greets whoever asks, and says which version of it does.
//   GET /?name=Ada   -> {"version":"v1","greeting":"Hello, Ada!"}
//   GET /healthz     -> 200 when it can greet
// What it says is in greeting.mjs, the one file in which its versions differ.
import { createServer } from 'node:http';
import { greet } from './greeting.mjs';

const version = process.env.SLIPWAY_VERSION ?? 'unknown';
const port = Number(process.env.PORT ?? 3000);

const server = createServer((request, response) => {
  const url = new URL(request.url, 'http://greeter');
  try {
    const greeting = greet(url.searchParams.get('name') ?? 'stranger');
    answer(response, 200, url.pathname === '/healthz' ? { status: 'ok' } : { version, greeting });
  } catch (error) {
    console.error(`${request.method} ${request.url}: ${error.message}`);
    answer(response, 500, { version, error: error.message });
  }
});

function answer(response, status, body) {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body) + '\n');
}

// Asked to stop: no new connections, requests under way are answered first.
process.on('SIGTERM', () => {
  console.log('stopping');
  server.close(() => process.exit(0));
  server.closeIdleConnections();
});

server.listen(port, '127.0.0.1', () => console.log(`greeter ${version} listens on ${port}`));
