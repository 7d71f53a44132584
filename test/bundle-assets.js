const { execFileSync } = require('node:child_process');

/** Handlers and analyzer are tested as the bundles that ship. */
module.exports = () => {
  execFileSync(process.execPath, ['scripts/bundle.mjs'], { cwd: `${__dirname}/..`, stdio: ['ignore', 'ignore', 'inherit'] });
};
