/** Our figures beside those of independent implementations in Python: run by `npm run conformance`. */
module.exports = {
  ...require('../../jest.config.js'),
  rootDir: '../..',
  testMatch: ['<rootDir>/test/conformance/**/*.proof.ts'],
  globalSetup: '<rootDir>/test/conformance/set-up.ts',
};
