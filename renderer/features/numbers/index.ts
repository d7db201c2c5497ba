export { NumberState } from './number-state.tsx';
export { rateText } from './rate-text.ts';
