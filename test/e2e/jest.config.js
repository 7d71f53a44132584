/** Slow, and in need of Python: `npm run e2e` runs these, `npm test` does not. */
/** @type {import('jest').Config} */
module.exports = {
  ...require('../../jest.config.js'),
  rootDir: '../..',
  testMatch: ['<rootDir>/test/e2e/**/*.e2e.ts'],
  setupFilesAfterEnv: [],
  // One emulator at a time: each runs a stack's functions and jobs.
  maxWorkers: 1,
  testTimeout: 120_000,
};
