// Writes a .gz and a .br beside every text file of dist, so that the server sends
// the best compression without spending time on it per request.
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const root = new URL('../dist/', import.meta.url).pathname;
const compressible = new Set(['.js', '.css', '.svg', '.json', '.txt', '.map', '.woff']);
const smallest = 1024;

const brotli = promisify(brotliCompress);
const deflate = promisify(gzip);

let before = 0;
let after = 0;
for (const name of await readdir(root, { recursive: true })) {
  const path = join(root, name);
  const info = await stat(path);
  // The shell (index.html) is written anew with each request, for its nonce.
  if (!info.isFile() || !compressible.has(extname(name)) || info.size < smallest) continue;
  const content = await readFile(path);
  const br = await brotli(content, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: info.size },
  });
  await Promise.all([
    writeFile(`${path}.br`, br),
    writeFile(`${path}.gz`, await deflate(content, { level: 9 })),
  ]);
  before += content.length;
  after += br.length;
}
console.log(
  `precompressed: ${Math.round(before / 1024)} kB -> ${Math.round(after / 1024)} kB brotli`,
);
