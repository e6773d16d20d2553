const base = require('./jest.config');

/** @type {import('jest').Config} End-to-end tests: whole stacks of real processes, two at a time at most. */
module.exports = {
  ...base,
  testMatch: ['<rootDir>/test/e2e/**/*.e2e.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
};
