import type { Role } from '#shared/domain/index.ts';
import type { WorkKind } from './work-context.ts';

/** One thing that can be done on a debtor. */
export interface WorkAction {
  kind: Exclude<WorkKind, 'document'>;
  labelKey: string;
  shortcut?: string;
  /** in the bar; the others stand in its menu */
  inBar: boolean;
  /** also while nobody knows who is on the line: it shows no amount and names no debt */
  underVeil?: true;
  /** absent: everyone */
  roles?: readonly Role[];
}

/** All of them, in the order of the bar. */
const actions: readonly WorkAction[] = [
  // what names the debt stays hidden in them until somebody is identified
  { kind: 'sms', labelKey: 'message.sms', shortcut: 'S', inBar: true, underVeil: true },
  { kind: 'mms', labelKey: 'message.mms', shortcut: 'M', inBar: true, underVeil: true },
  { kind: 'email', labelKey: 'message.email', shortcut: 'E', inBar: true, underVeil: true },
  { kind: 'promise', labelKey: 'outcome.promise', shortcut: 'R', inBar: true },
  { kind: 'plan', labelKey: 'work.plan', shortcut: 'L', inBar: true },
  { kind: 'payment', labelKey: 'work.payment', shortcut: 'P', inBar: true },
  { kind: 'callback', labelKey: 'outcome.callback', shortcut: 'C', inBar: true, underVeil: true },
  { kind: 'note', labelKey: 'note.write', shortcut: 'N', inBar: true, underVeil: true },
  { kind: 'flag', labelKey: 'work.flag', shortcut: 'F', inBar: true, underVeil: true },
  { kind: 'block', labelKey: 'work.block', shortcut: 'Shift+B', inBar: false, underVeil: true },
  { kind: 'place', labelKey: 'work.place', inBar: false, underVeil: true },
  { kind: 'notice', labelKey: 'work.notice', inBar: false },
  { kind: 'letter', labelKey: 'work.letter', inBar: false },
  { kind: 'writeOff', labelKey: 'work.write-off', shortcut: 'W', inBar: false },
  { kind: 'contactPoint', labelKey: 'work.contact-point', inBar: false, underVeil: true },
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

const underVeil: ReadonlySet<WorkKind> = new Set(
  actions.filter((action) => action.underVeil).map(({ kind }) => kind),
);

/** May be opened though nobody knows who is on the line. */
export function worksUnderVeil(kind: WorkKind): boolean {
  return underVeil.has(kind);
}
