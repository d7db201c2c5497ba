export {
  type CallbackNeed,
  callbackInstant,
  callbackNeed,
  proposeCallback,
} from './callback-draft.ts';
export { CallbackForm } from './callback-form.tsx';
export {
  openDebts,
  type PromiseDraft,
  type PromiseNeed,
  promiseCurrency,
  promiseNeed,
  proposePromise,
} from './promise-draft.ts';
export { PromiseForm } from './promise-form.tsx';
export { WorkArea } from './work-area.tsx';
export { WorkBar } from './work-bar.tsx';
export { WorkColumn } from './work-column.tsx';
export { useWork } from './work-context.ts';
