import type { Role } from '#shared/domain/index.ts';
import type { WorkKind } from './work-context.ts';

/** One thing that can be done on a debtor. */
export interface WorkAction {
  kind: Exclude<WorkKind, 'document'>;
  labelKey: string;
  shortcut?: string;
  /** in the bar; the others stand in its menu */
  inBar: boolean;
  /** absent: everyone */
  roles?: readonly Role[];
}

/** All of them, in the order of the bar. */
const actions: readonly WorkAction[] = [
  { kind: 'promise', labelKey: 'outcome.promise', shortcut: 'R', inBar: true },
  { kind: 'plan', labelKey: 'work.plan', shortcut: 'L', inBar: true },
  { kind: 'payment', labelKey: 'work.payment', shortcut: 'P', inBar: true },
  { kind: 'callback', labelKey: 'outcome.callback', shortcut: 'C', inBar: true },
  { kind: 'note', labelKey: 'note.write', shortcut: 'N', inBar: true },
  { kind: 'flag', labelKey: 'work.flag', shortcut: 'F', inBar: true },
  { kind: 'letter', labelKey: 'work.letter', inBar: false },
  { kind: 'writeOff', labelKey: 'work.write-off', shortcut: 'W', inBar: false },
  { kind: 'contactPoint', labelKey: 'work.contact-point', inBar: false },
  { kind: 'relation', labelKey: 'work.relation', inBar: false },
  { kind: 'consent', labelKey: 'work.consent', inBar: false },
  { kind: 'merge', labelKey: 'work.merge', inBar: false },
  {
    kind: 'accessRequest',
    labelKey: 'work.access-request',
    inBar: false,
    roles: ['lead', 'admin'],
  },
  { kind: 'erasure', labelKey: 'work.erasure', inBar: false, roles: ['lead', 'admin'] },
];

/**
 * What a person may do.
 * @param hasNote the page has a place for notes of its own
 */
export function workActionsFor(role: Role | undefined, hasNote: boolean): readonly WorkAction[] {
  return actions.filter(
    ({ kind, roles }) =>
      (kind !== 'note' || !hasNote) && (!roles || (role !== undefined && roles.includes(role))),
  );
}
