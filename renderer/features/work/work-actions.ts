import type { WorkKind } from './work-context.ts';

/** What can be done on a debtor, in the order of the bar. */
export const workActions: readonly {
  kind: WorkKind;
  labelKey: string;
  shortcut?: string;
  /** in the bar; the others stand in its menu */
  inBar: boolean;
}[] = [
  { kind: 'promise', labelKey: 'outcome.promise', shortcut: 'R', inBar: true },
  { kind: 'plan', labelKey: 'work.plan', shortcut: 'L', inBar: true },
  { kind: 'payment', labelKey: 'work.payment', shortcut: 'P', inBar: true },
  { kind: 'callback', labelKey: 'outcome.callback', shortcut: 'C', inBar: true },
  { kind: 'note', labelKey: 'note.write', shortcut: 'N', inBar: true },
  { kind: 'flag', labelKey: 'work.flag', shortcut: 'F', inBar: true },
  { kind: 'writeOff', labelKey: 'work.write-off', shortcut: 'W', inBar: false },
  { kind: 'contactPoint', labelKey: 'work.contact-point', inBar: false },
  { kind: 'relation', labelKey: 'work.relation', inBar: false },
  { kind: 'consent', labelKey: 'work.consent', inBar: false },
  { kind: 'merge', labelKey: 'work.merge', inBar: false },
];
