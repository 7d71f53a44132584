const { rmSync } = require('node:fs');

/** After all tests: takes away what they left in the folder that test/set-up.js made. */
module.exports = () => {
  rmSync(process.env.TMPDIR, { recursive: true, force: true });
};
