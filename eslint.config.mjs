import stylistic from '@stylistic/eslint-plugin';
import jsdoc from 'eslint-plugin-jsdoc';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

/** AssemblyScript: its types, and decorators of functions, are not those that TypeScript knows. */
const KERNEL = 'analyzer/kernel/assembly/*.ts';
const STYLE = stylistic.configs.customize({ semi: true, arrowParens: false, braceStyle: '1tbs' });
const LINE_LENGTH = ['error', { code: 150, ignoreTemplateLiterals: true, ignoreStrings: true, ignoreUrls: true }];

/** Arrows between rooms run one way; in docs/architecture.md is what each may know. */
const room = (files, forbidden) => ({
  files,
  rules: { 'no-restricted-imports': ['error', { patterns: [{ regex: forbidden, message: 'In docs/architecture.md is what this room may know.' }] }] },
});

export default defineConfig(
  globalIgnores(['assets', 'cdk.out', 'coverage', 'dist', 'out']),
  {
    files: [KERNEL],
    extends: [tseslint.configs.base, STYLE],
    languageOptions: { parserOptions: { allowInvalidAST: true } },
    rules: { '@stylistic/max-len': LINE_LENGTH, 'no-unreachable': 'error', 'prefer-const': 'error', '@typescript-eslint/no-unused-vars': 'error' },
  },
  {
    files: ['{analyzer,bin,lambda,lib,rehearsal,sample,test}/**/*.ts'],
    ignores: [KERNEL],
    extends: [
      tseslint.configs.strictTypeChecked,
      STYLE,
    ],
    languageOptions: { parserOptions: { project: 'tsconfig.dev.json', tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@stylistic/max-len': LINE_LENGTH,
      '@stylistic/max-statements-per-line': ['error', { max: 2 }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      'no-restricted-syntax': [
        'error',
        { selector: 'ImportDeclaration[source.value="zod"] ImportSpecifier[imported.name="z"]', message: 'Import * as z: a bundle then holds only what it uses, not every language.' },
        { selector: 'Literal[value=/^arn:aws:/]', message: 'Use Stack.formatArn(): the partition is not always "aws".' },
        { selector: 'BinaryExpression[operator="instanceof"][right.name=/^(Cfn|Construct|Stack)/]', message: 'Use the static isXxx() guard: instanceof breaks across package copies.' },
      ],
    },
  },
  room(['lib/**/*.ts'], String.raw`^(\.\./)+(analyzer|bin|lambda|rehearsal|sample)/`),
  room(['lib/contract/*.ts'], String.raw`^(?!\./)`),
  room(['lambda/**/*.ts'], String.raw`^(\.\./)+((bin|rehearsal|sample)/|lib/(?!contract$))`),
  room(['analyzer/**/*.ts'], String.raw`^(\.\./)+((bin|lambda|rehearsal|sample)/|lib/(?!contract$))|^aws-cdk-lib`),
  room(['rehearsal/**/*.ts'], String.raw`^(\.\./)+((analyzer|bin|lambda|sample)/|lib/(?!contract$))|^aws-cdk-lib`),
  {
    files: ['{rehearsal,test}/**/*.ts'],
    rules: { 'no-restricted-syntax': 'off' },
  },
  {
    files: ['test/**/*.ts'],
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
    },
  },
  {
    files: ['lib/**/*.ts'],
    plugins: { jsdoc },
    rules: {
      'jsdoc/require-jsdoc': ['error', {
        publicOnly: true,
        contexts: ['TSInterfaceDeclaration', 'ClassDeclaration', 'PropertyDefinition[accessibility="public"]', 'TSEnumMember'],
      }],
    },
  },
);
