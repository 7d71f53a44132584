const { execFileSync } = require('node:child_process');
const { chmodSync, mkdtempSync } = require('node:fs');
const os = require('node:os');
const path = require('node:path');

/**
 * Before all tests: handlers and analyzer are bundled, as they are tested as what ships; and what any test, or a process that it starts, puts
 * into the folder of temporary files goes into one that test/tear-down.js removes.
 */
module.exports = () => {
  execFileSync(process.execPath, ['scripts/bundle.mjs'], { cwd: `${__dirname}/..`, stdio: ['ignore', 'ignore', 'inherit'] });
  process.env.TMPDIR = mkdtempSync(path.join(os.tmpdir(), 'model-monitor-tests-'));
  // A container that gives up being root passes through it.
  chmodSync(process.env.TMPDIR, 0o755);
};
