/** Fast by default: no type check (npm run typecheck does it), no template validation (one compliance test turns it on). */
process.env.CDK_VALIDATION = 'false';

/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  transform: { '^.+\\.ts$': ['ts-jest', { tsconfig: 'tsconfig.dev.json', diagnostics: false }] },
  globalSetup: '<rootDir>/test/bundle-assets.js',
  setupFilesAfterEnv: ['aws-cdk-lib/testhelpers/jest-autoclean'],
  modulePathIgnorePatterns: ['<rootDir>/cdk.out', '<rootDir>/assets', '<rootDir>/dist', '<rootDir>/out'],
  maxWorkers: 2,
};
