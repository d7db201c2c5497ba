export * from './app-error.ts';
export * from './invariant.ts';
export * from './result.ts';
