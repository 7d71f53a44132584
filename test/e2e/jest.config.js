/** Slow, and in need of Python: `npm run e2e` runs these, `npm test` does not. */
/** @type {import('jest').Config} */
module.exports = {
  ...require('../../jest.config.js'),
  rootDir: '../..',
  testMatch: ['<rootDir>/test/e2e/**/*.e2e.ts'],
  setupFilesAfterEnv: [],
  // Each has an emulator of its own, which waits much of its time.
  maxWorkers: 2,
};
