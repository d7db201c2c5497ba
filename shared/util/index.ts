export * from './assert-never.ts';
export * from './clock.ts';
export * from './disposables.ts';
export * from './emitter.ts';
export * from './fold-text.ts';
export * from './gsm-alphabet.ts';
export * from './sms-text.ts';
export * from './text-budget.ts';
