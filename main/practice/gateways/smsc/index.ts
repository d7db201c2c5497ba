export { startPracticeSmsc } from './smsc.ts';
export type {
  FromPhone,
  PracticeSmsc,
  PracticeSmscParts,
  SmscFault,
  SubmittedMessage,
  SubmittedPart,
} from './smsc-types.ts';
