export { atOnce, inPieces } from './in-pieces.ts';
