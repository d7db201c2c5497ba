export { decideProgressive, type PacingDecision, type PacingSnapshot } from './progressive.ts';
