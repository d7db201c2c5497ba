import type { CommandInput, DebtorCard } from '#shared/contract/index.ts';
import { weekdays } from '#shared/contract/index.ts';
import type { ContactPointId, DebtorId } from '#shared/domain/index.ts';

export type Weekday = (typeof weekdays)[number];
type AddBlock = CommandInput<'contact.add-block'>;

const workdays: readonly Weekday[] = ['mon', 'tue', 'wed', 'thu', 'fri'];
const weekend: readonly Weekday[] = ['sat', 'sun'];

/** What people say most, by one key. */
export interface BlockPreset {
  id: 'mornings' | 'evenings' | 'workHours' | 'weekends' | 'workNumber' | 'thisNumber';
  key: string;
  block: Omit<AddBlock, 'debtorId'>;
}

/**
 * Those that fit this debtor.
 * @param contactPointId the form was opened about this one
 */
export function blockPresets(card: DebtorCard, contactPointId: string | null): BlockPreset[] {
  const about = contactPointId === null ? {} : { contactPointId: contactPointId as ContactPointId };
  const work = card.contactPoints.find((one) => one.kind === 'work' && one.status === 'active');
  const whole = { from: '00:00', to: '24:00' };
  return [
    {
      id: 'mornings',
      key: '1',
      block: { ...about, days: [...weekdays], from: '00:00', to: '12:00' },
    },
    {
      id: 'workHours',
      key: '2',
      block: { ...about, days: [...workdays], from: '09:00', to: '17:00' },
    },
    {
      id: 'evenings',
      key: '3',
      block: { ...about, days: [...weekdays], from: '18:00', to: '24:00' },
    },
    { id: 'weekends', key: '4', block: { ...about, days: [...weekend], ...whole } },
    ...(contactPointId !== null
      ? [
          {
            id: 'thisNumber' as const,
            key: '5',
            block: { ...about, days: [...weekdays], ...whole },
          },
        ]
      : work
        ? [
            {
              id: 'workNumber' as const,
              key: '5',
              block: { contactPointId: work.contactPointId, days: [...weekdays], ...whole },
            },
          ]
        : []),
  ];
}

/** What is typed in the long form. */
export interface BlockDraft {
  contactPointId: string;
  days: Weekday[];
  from: string;
  to: string;
  callsOnly: boolean;
  note: string;
}

export const emptyBlock: BlockDraft = {
  contactPointId: '',
  days: [...workdays],
  from: '09:00',
  to: '17:00',
  callsOnly: false,
  note: '',
};

/** What is missing, or null. */
export function blockNeed({ days, from, to }: BlockDraft): 'days' | 'hours' | null {
  if (days.length === 0) return 'days';
  return from === '' || to === '' || from === to ? 'hours' : null;
}

/** The blocks that a draft stands for: hours across midnight are two, the second on the days after. */
export function blocksOf(debtorId: DebtorId, draft: BlockDraft): AddBlock[] {
  const { contactPointId, days, from, to, callsOnly, note } = draft;
  const rest: Omit<AddBlock, 'days' | 'from' | 'to'> = {
    debtorId,
    ...(contactPointId ? { contactPointId: contactPointId as ContactPointId } : {}),
    ...(callsOnly ? { channels: ['call', 'voiceMessage'] } : {}),
    ...(note.trim() ? { note: note.trim() } : {}),
  };
  const inOrder = weekdays.filter((day) => days.includes(day));
  const end = to === '00:00' ? '24:00' : to;
  if (from < end) return [{ ...rest, days: inOrder, from, to: end }];
  return [
    { ...rest, days: inOrder, from, to: '24:00' },
    { ...rest, days: inOrder.map(dayAfter), from: '00:00', to: end },
  ];
}

function dayAfter(day: Weekday): Weekday {
  return weekdays[(weekdays.indexOf(day) + 1) % weekdays.length] ?? day;
}
