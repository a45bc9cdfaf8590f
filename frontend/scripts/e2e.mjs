// Starts the binary with a database and a demo story of its own, runs the journeys
// against it in a browser, and stops it again, whatever happens.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const binary = resolve(process.argv[2] ?? '../bin/ippledge');
const rest = process.argv.slice(3);

function freePort() {
  return new Promise((done, failed) => {
    const probe = createServer();
    probe.once('error', failed);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => done(port));
    });
  });
}

async function ready(url, server) {
  // The demo story is told through the use cases, which takes its time on a busy machine.
  for (let waited = 0; waited < 600; waited++) {
    if (server.exitCode !== null) throw new Error(`the server ended with code ${server.exitCode}`);
    try {
      if ((await fetch(`${url}/readyz`)).ok) return;
    } catch {
      // not listening yet
    }
    await new Promise((tick) => setTimeout(tick, 1000));
  }
  throw new Error('the server was not ready within ten minutes');
}

const data = mkdtempSync(join(tmpdir(), 'ippledge-e2e-'));
const port = await freePort();
const url = `http://127.0.0.1:${port}`;
const log = join(data, 'server.log');
// Both streams through one opening: two would write over one another.
const output = openSync(log, 'a');
const server = spawn(binary, ['serve'], {
  env: {
    ...process.env,
    DEMO: 'true',
    DATA_DIR: join(data, 'data'),
    LISTEN_ADDR: `127.0.0.1:${port}`,
    BASE_URL: url,
    DATABASE_URL: '',
  },
  stdio: ['ignore', output, output],
});
let code = 1;
try {
  await ready(url, server);
  const claimWalk = {};
  if (rest.includes('claim-walk')) {
    // It lets working days pass in the database, so it is told where that is.
    const database = /postgres:\/\/\S+/.exec(readFileSync(log, 'utf8'))?.[0];
    if (!database) throw new Error('the server did not say where its database is');
    claimWalk.CLAIM_WALK = database.replace('/postgres?', '/ippledge?');
  }
  const result = spawnSync('npx', ['playwright', 'test', ...rest], {
    stdio: 'inherit',
    env: { ...process.env, BASE_URL: url, ...claimWalk },
  });
  code = result.status ?? 1;
} catch (failure) {
  console.error(String(failure));
} finally {
  if (code !== 0) spawnSync('tail', ['-40', log], { stdio: 'inherit' });
  const stopped = new Promise((done) => server.once('exit', done));
  if (server.exitCode === null) {
    server.kill('SIGTERM');
    await stopped;
  }
  rmSync(data, { recursive: true, force: true });
}
process.exit(code);
