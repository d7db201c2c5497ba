export { OrphanEnder, type OrphanOutcome } from './orphan-ender.ts';
