/** Fast by default: no type check (npm run typecheck does it), no template validation (one compliance test turns it on). */
process.env.CDK_VALIDATION = 'false';
// The SDK's word on which Node.js it will want next year is no finding of a test.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

// Jest loads no module by import(): test/tsconfig.json has TypeScript write require() for it.
/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  transform: { '^.+\\.ts$': ['ts-jest', { tsconfig: 'test/tsconfig.json', diagnostics: false }] },
  // Its CommonJS build, which its package.json does not offer.
  moduleNameMapper: { '^d3-dsv$': '<rootDir>/node_modules/d3-dsv/dist/d3-dsv.js' },
  globalSetup: '<rootDir>/test/set-up.js',
  globalTeardown: '<rootDir>/test/tear-down.js',
  setupFilesAfterEnv: ['aws-cdk-lib/testhelpers/jest-autoclean'],
  modulePathIgnorePatterns: ['<rootDir>/cdk.out', '<rootDir>/assets', '<rootDir>/dist', '<rootDir>/out'],
  maxWorkers: 2,
  // Ends what hangs, and nothing else: how long a test takes is the machine's affair.
  testTimeout: 600_000,
};
