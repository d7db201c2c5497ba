import type { CommandInput, ContactHours, ContactPoint } from '#shared/contract/index.ts';
import type { ContactPointKind } from '#shared/domain/index.ts';
import { formatPhone, parsePhone } from '../../app/format/index.ts';

export type Weekday = ContactHours[number]['days'][number];

/** A contact point as it is typed. */
export interface ContactPointDraft {
  kind: ContactPointKind;
  value: string;
  label: string;
  speakTo: string;
  /** one span of hours on some days; '' for none. Several spans come from imports and are kept untouched. */
  days: readonly Weekday[];
  from: string;
  to: string;
  reason: string;
}

export const emptyContactPoint: ContactPointDraft = {
  kind: 'mobile',
  value: '',
  label: '',
  speakTo: '',
  days: [],
  from: '',
  to: '',
  reason: '',
};

export function contactPointDraftOf(point: ContactPoint): ContactPointDraft {
  const [span] = point.hours ?? [];
  return {
    kind: point.kind,
    value: formatPhone(point.value),
    label: point.label ?? '',
    speakTo: point.speakTo ?? '',
    days: span?.days ?? [],
    from: span?.from ?? '',
    to: span?.to ?? '',
    reason: '',
  };
}

const phoneKinds: ReadonlySet<ContactPointKind> = new Set(['mobile', 'home', 'work', 'other']);

/** What is wrong with the address itself; the engine looks closer. */
export function contactPointNeed(
  draft: Pick<ContactPointDraft, 'kind' | 'value'>,
  country: string | null,
): 'value' | 'phone' | 'email' | null {
  const value = draft.value.trim();
  if (value === '') return 'value';
  if (draft.kind === 'email') return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value) ? null : 'email';
  if (!phoneKinds.has(draft.kind)) return null;
  return parsePhone(value, country) === null ? 'phone' : null;
}

/** The address as the engine keeps it: E.164 for phones, else as it was typed. */
export function contactPointValue(
  draft: Pick<ContactPointDraft, 'kind' | 'value'>,
  country: string | null,
): string {
  const value = draft.value.trim();
  return phoneKinds.has(draft.kind) ? (parsePhone(value, country) ?? value) : value;
}

export function contactHoursOf(
  draft: Pick<ContactPointDraft, 'days' | 'from' | 'to'>,
): ContactHours | null {
  if (draft.days.length === 0 || draft.from === '' || draft.to === '') return null;
  return [{ days: [...draft.days], from: draft.from, to: draft.to }];
}

type Correction = Omit<CommandInput<'contact-point.correct'>, 'contactPointId' | 'reason'>;

/** Only what differs: what was not touched is not sent. */
export function contactPointChanges(
  point: ContactPoint,
  draft: ContactPointDraft,
  country: string | null,
): Correction {
  const value = contactPointValue(draft, country);
  const before = contactPointDraftOf(point);
  const hours = contactHoursOf(draft);
  const hoursTouched =
    draft.from !== before.from ||
    draft.to !== before.to ||
    [...draft.days].sort().join() !== [...before.days].sort().join();
  return {
    ...(draft.kind === point.kind ? {} : { kind: draft.kind }),
    ...(value === point.value ? {} : { value }),
    ...(draft.label.trim() === before.label ? {} : { label: draft.label.trim() || null }),
    ...(draft.speakTo.trim() === before.speakTo ? {} : { speakTo: draft.speakTo.trim() || null }),
    ...(hoursTouched ? { hours } : {}),
  };
}
