// Asks an independent H5P server, that of @lumieducation/h5p-server, about packages: does it take
// them in, libraries and all, and keep what they say?
//
//   node validate.mjs a.h5p b.h5p …      prints {"a.h5p": {fault: "" or what is amiss, content: …}, …}
//
// A test tool only: nothing of it is shipped. It needs no network.
import { createRequire } from 'node:module';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const require = createRequire(import.meta.url);
const { H5PConfig, fs } = require('@lumieducation/h5p-server');
const somebody = { id: '1', name: 'Somebody', email: 'somebody@example.org', type: 'local' };

globalThis.fetch = () => {
  throw new Error('This test needs no network.');
};

async function asked(file) {
  const folder = mkdtempSync(join(tmpdir(), 'h5p-'));
  const [libraries, temporary, content] = ['libraries', 'temporary', 'content'].map((name) => {
    mkdirSync(join(folder, name));
    return join(folder, name);
  });
  try {
    const config = new H5PConfig();
    config.maxFileSize = 200 * 1024 * 1024;
    config.maxTotalSize = 300 * 1024 * 1024;
    const server = fs(config, libraries, temporary, content);
    const { metadata, parameters } = await server.uploadPackage(file, somebody);
    const main = metadata.preloadedDependencies.find((one) => one.machineName === metadata.mainLibrary);
    const name = `${main.machineName} ${main.majorVersion}.${main.minorVersion}`;
    const id = await server.saveOrUpdateContent(undefined, parameters, metadata, name, somebody);
    const kept = await server.getContent(id, somebody);
    return { fault: '', content: kept.params.params };
  } catch (fault) {
    const all = fault.getErrors ? fault.getErrors() : [fault];
    const told = all.map((one) => `${one.errorId || one.stack} ${JSON.stringify(one.replacements || {})}`);
    return { fault: told.join('; ') || 'something' };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const said = {};
for (const file of process.argv.slice(2)) {
  said[file] = await asked(file);
}
process.stdout.write(JSON.stringify(said));
