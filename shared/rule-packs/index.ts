export * from './duration.ts';
export * from './pack.schema.ts';
export * from './rule.schema.ts';
export * from './rule-parts.schema.ts';
export * from './words.ts';
