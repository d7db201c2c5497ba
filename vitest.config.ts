import { defineConfig } from 'vitest/config';
import { nodeFlags } from './main/shell/node/node-flags.ts';

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          execArgv: [...nodeFlags],
          include: ['{shared,main,preload,renderer,scripts,bench}/**/*.test.{ts,tsx}'],
          exclude: ['**/*.int.test.ts', '**/node_modules/**'],
          testTimeout: 20_000,
        },
      },
      {
        test: {
          name: 'integration',
          execArgv: [...nodeFlags],
          include: ['{shared,main,preload,renderer,scripts,bench}/**/*.int.test.ts'],
          fileParallelism: false,
          // Real processes, sockets and clocks on a machine that others use too: a test that fails is tried once
          // more, and the report says so.
          retry: 1,
          testTimeout: 120_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'e2e',
          execArgv: [...nodeFlags],
          include: ['e2e/**/*.e2e.ts'],
          fileParallelism: false,
          retry: 1,
          testTimeout: 300_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
