const base = require('./jest.config');

/** @type {import('jest').Config} End-to-end tests: whole stacks of real processes, one after the other. */
module.exports = {
  ...base,
  testMatch: ['<rootDir>/test/e2e/**/*.e2e.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
  maxWorkers: 1,
};
