import type { Interaction } from '#shared/contract/index.ts';
import { anId, dayMs, fixedNow, minuteMs } from './fixture-base.ts';

export const anInteraction = (
  number: number,
  overrides: Partial<Interaction> = {},
): Interaction => ({
  interactionId: anId(1000 + number),
  channel: 'call',
  direction: 'out',
  at: fixedNow - number * dayMs,
  personId: anId(1),
  agentName: 'Marta Zielińska',
  campaignId: anId(50),
  campaignName: 'Telecom 30–90',
  peer: '+447700900123',
  attemptResult: 'answered',
  dispositionCode: null,
  talkTimeMs: null,
  text: null,
  recordingId: null,
  promise: null,
  recording: null,
  delivery: null,
  attachments: [],
  happened: null,
  contactPointId: null,
  debtId: null,
  ...overrides,
});

const message = { talkTimeMs: null, attemptResult: null, agentName: null, campaignName: null };
const long =
  'Dear Sir or Madam,\n\nI have received your letter of 3 November. The invoice of August is not mine to pay: I cancelled the contract on 2 July, the confirmation is attached. Please correct your records and tell me in writing that nothing is owed.\n\nYours faithfully,\nAnna Kowalczyk-Wójcik';

export const newestHistory: Interaction[] = [
  anInteraction(1, { attemptResult: 'noAnswer', at: fixedNow - 190 * minuteMs }),
  anInteraction(2, {
    ...message,
    channel: 'sms',
    at: fixedNow - 191 * minuteMs,
    text: 'Prosimy o kontakt w sprawie faktury FV/2026/0817. Nest Telekom (dane zmyślone).',
    delivery: { state: 'delivered', at: fixedNow - 190 * minuteMs },
  }),
  anInteraction(3, {
    dispositionCode: 'promise',
    talkTimeMs: 192_000,
    recordingId: anId(900),
    recording: { recordingId: anId(900), durationMs: 192_000, live: false },
    promise: { amountMinor: 40_000, currency: 'PLN', dueOn: '2026-11-12' },
    text: 'Lost the job in August, starts a new one on the 1st. Will pay in two parts.',
  }),
  anInteraction(4, {
    ...message,
    channel: 'email',
    direction: 'in',
    peer: 'anna.kowalczyk@przyklad.example',
    text: long,
    attachments: [
      {
        documentId: anId(950),
        name: 'rozwiązanie-umowy.pdf',
        mediaType: 'application/pdf',
        bytes: 182_400,
      },
    ],
  }),
  anInteraction(5, {
    ...message,
    channel: 'payment',
    direction: 'in',
    peer: null,
    happened: {
      what: 'payment.booked',
      amountMinor: 20_000,
      currency: 'PLN',
      on: '2026-11-16',
      kind: 'transfer',
    },
  }),
  anInteraction(6, {
    direction: 'in',
    attemptResult: 'abandoned',
    agentName: null,
    campaignName: null,
  }),
  anInteraction(7, {
    ...message,
    channel: 'note',
    peer: null,
    agentName: 'Paweł Górski',
    text: 'Asked for the contract by post; address confirmed.',
  }),
  anInteraction(8, {
    ...message,
    channel: 'status',
    peer: null,
    agentName: 'Paweł Górski',
    happened: { what: 'contact-point.status-set', name: '+442079460155', kind: 'wrongNumber' },
  }),
  anInteraction(9, { attemptResult: 'busy' }),
];

const results = ['noAnswer', 'busy', 'machine', 'rejected'] as const;

/** A history of so many rows, three a day, of all kinds; the newest are those of the card. */
export function aHistoryOf(count: number): Interaction[] {
  const older = Array.from({ length: count - newestHistory.length }, (_, index) => {
    const at = fixedNow - 10 * dayMs - Math.floor(index / 3) * dayMs - (index % 3) * 95 * minuteMs;
    if (index % 7 === 3) {
      return anInteraction(20 + index, {
        ...message,
        at,
        channel: 'sms',
        direction: index % 2 === 0 ? 'out' : 'in',
        text: `Reminder ${index}: please call us back.`,
        delivery: {
          state: (['sent', 'delivered', 'read', 'failed'] as const)[index % 4] ?? 'sent',
          at,
        },
      });
    }
    if (index % 11 === 5) {
      return anInteraction(20 + index, {
        ...message,
        at,
        channel: 'note',
        peer: null,
        agentName: 'Paweł Górski',
        text: `Note ${index}. ${index % 2 === 0 ? long : 'Called back, nobody there.'}`,
      });
    }
    return anInteraction(20 + index, { at, attemptResult: results[index % 4] ?? 'busy' });
  });
  return [...newestHistory, ...older];
}

/** Enough older rows that only a virtual list stays quick. */
export const longHistory: Interaction[] = aHistoryOf(240);
