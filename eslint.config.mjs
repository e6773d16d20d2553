import eslint from '@eslint/js';
import prettier from 'eslint-config-prettier';
import jest from 'eslint-plugin-jest';
import jsdoc from 'eslint-plugin-jsdoc';
import tseslint from 'typescript-eslint';

/** Root imports of a provider load its thousand classes, which costs seconds; unsuffixed Kubernetes classes are deprecated. */
const PROVIDER_IMPORTS = [
  { regex: '^@cdktf/provider-[a-z]+$', message: 'Import from .../lib/<resource>.' },
  {
    regex:
      '^@cdktf/provider-kubernetes/lib/(deployment|daemonset|service|config-map|secret|namespace|ingress|stateful-set|network-policy|role|cluster-role|role-binding|cluster-role-binding|service-account|persistent-volume-claim|pod|job|storage-class|pod-disruption-budget|horizontal-pod-autoscaler)$',
    message: 'Use the -v1 class.',
  },
];

/** What makes the stack; an application that is watched knows nothing of it. */
const STACK_ROOMS = [
  '**/environments/**',
  '**/stacks/**',
  '**/constructs/**',
  '**/content/**',
  '**/check/**',
  '**/tools/**',
  '**/engines/**',
  '**/test/**',
  'cdktf',
  'constructs',
  '@cdktf/**',
];

/** What each room may not import: the direction of dependencies is main -> stacks -> constructs -> kubernetes, aws. */
const DIRECTION = [
  {
    files: ['environments/**/*.ts'],
    forbidden: ['**/constructs/**', '**/stacks/**', '**/check/**', '**/content/**', 'cdktf'],
  },
  {
    files: ['content/**/*.ts'],
    forbidden: ['**/constructs/**', '**/stacks/**', '**/environments/**', 'cdktf'],
  },
  { files: ['constructs/**/*.ts'], forbidden: ['**/stacks/**', '**/check/**', '**/tools/**'] },
  { files: ['stacks/**/*.ts'], forbidden: ['**/tools/**'] },
  // What an application takes with it: it knows nothing of the stack that watches it.
  {
    files: ['instrumentation/**/*.ts'],
    forbidden: [...STACK_ROOMS, '**/main', '**/examples/**'],
  },
  // An application that is watched like any other: of this repository it may know the library it is instrumented with.
  {
    files: ['examples/**/*.ts'],
    forbidden: [...STACK_ROOMS, '**/instrumentation/*/**'],
  },
];

/** check/ reads plain models and files: constructs and their files only as types. */
const CHECK_ROOM = {
  files: ['check/**/*.ts'],
  rules: {
    'no-restricted-imports': 'off',
    '@typescript-eslint/no-restricted-imports': [
      'error',
      {
        patterns: [
          {
            // Which receivers a label set reaches is a property of the routing model, and the one function for it.
            regex: '/(constructs/(?!alertmanager/routing$)|stacks/)',
            allowTypeImports: true,
            message: 'check/ reads models, not constructs.',
          },
          { regex: '^(constructs|cdktf|@cdktf/.*)$', message: 'check/ knows no construct.' },
        ],
      },
    ],
  },
};

export default tseslint.config(
  {
    ignores: [
      'node_modules/',
      'cdktf.out/',
      'test/golden/',
      '**/*.mjs',
      'jest.config.js',
      'jest.e2e.config.js',
    ],
  },
  eslint.configs.recommended,
  tseslint.configs.strictTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    plugins: { jsdoc },
    rules: {
      'max-lines': ['error', { max: 300 }],
      'max-lines-per-function': ['error', { max: 50, skipComments: true, skipBlankLines: true }],
      'no-restricted-imports': ['error', { patterns: PROVIDER_IMPORTS }],
      'no-restricted-syntax': [
        'error',
        {
          selector: "MemberExpression[object.name='process'][property.name='env']",
          message: 'Only main.ts and tools read the process environment.',
        },
      ],
      '@typescript-eslint/no-unused-vars': ['error', { varsIgnorePattern: '^_', argsIgnorePattern: '^_' }],
      '@typescript-eslint/no-extraneous-class': 'off',
      'jsdoc/require-jsdoc': [
        'error',
        {
          publicOnly: true,
          require: { ClassDeclaration: true, FunctionDeclaration: true },
          contexts: ['TSInterfaceDeclaration', 'TSTypeAliasDeclaration'],
        },
      ],
      'jsdoc/no-restricted-syntax': [
        'error',
        {
          contexts: [
            {
              context: 'TSInterfaceDeclaration TSPropertySignature[optional=true]',
              comment: 'JsdocBlock:not(:has(JsdocTag[tag="default"]))',
              message: 'An optional property says its @default.',
            },
          ],
        },
      ],
    },
  },
  ...DIRECTION.map(({ files, forbidden }) => ({
    files,
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            ...PROVIDER_IMPORTS,
            { group: forbidden, message: 'This room must not know that one (CONTRIBUTING, "Rooms").' },
          ],
        },
      ],
    },
  })),
  CHECK_ROOM,
  {
    files: [
      'main.ts',
      'examples/*/main.ts',
      'tools/**/*.ts',
      'engines/**/*.ts',
      '.ci/**/*.ts',
      'test/**/*.ts',
    ],
    rules: { 'no-restricted-syntax': 'off' },
  },
  {
    files: ['test/**/*.ts'],
    rules: {
      'max-lines-per-function': 'off',
      'jsdoc/require-jsdoc': 'off',
      'jsdoc/no-restricted-syntax': 'off',
    },
  },
  {
    files: ['test/**/*.test.ts'],
    ...jest.configs['flat/recommended'],
    rules: {
      ...jest.configs['flat/recommended'].rules,
      'jest/no-large-snapshots': ['error', { maxSize: 60 }],
      'jest/no-standalone-expect': 'off',
      'jest/expect-expect': ['error', { assertFunctionNames: ['expect', 'expect*', 'fc.assert'] }],
    },
  },
  prettier,
);
