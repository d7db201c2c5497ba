import type {
  CommandInput,
  CommandOutput,
  DebtorCard,
  Interaction,
} from '#shared/contract/index.ts';
import { aPayment } from './debtor-fixtures.ts';
import type { Answers } from './fake-client.ts';
import { anId, dayMs, fixedNow } from './fixture-base.ts';
import { longHistory } from './history-fixtures.ts';

type HistoryQuestion = CommandInput<'debtor.history'>;

/** A page of a history, filtered as the engine does it. */
export function historyPage(
  all: readonly Interaction[],
  question: HistoryQuestion,
): CommandOutput<'debtor.history'> {
  const { before, limit = 50, channels, search, direction, withRecording, personId } = question;
  const found = all.filter(
    (item) =>
      (!channels || channels.includes(item.channel)) &&
      (!direction || item.direction === direction) &&
      (!withRecording || item.recordingId !== null) &&
      (!personId || item.personId === personId) &&
      (!search || (item.text ?? '').toLowerCase().includes(search.toLowerCase())),
  );
  const from = before ? found.findIndex((item) => item.interactionId === before) + 1 : 0;
  return { items: found.slice(from, from + limit), more: from + limit < found.length };
}

/** Equal instalments a month apart, as the engine would count them; enough to be looked at. */
function planPreview(
  { parts, totalMinor }: CommandInput<'plan.preview'>,
  owedMinor: number,
): CommandOutput<'plan.preview'> {
  const total = totalMinor ?? owedMinor;
  const wanted =
    parts.kind === 'custom'
      ? parts.instalments
      : Array.from(
          { length: parts.count ?? Math.ceil(total / (parts.amountMinor ?? total)) },
          (_, index, { length } = { length: parts.count ?? 1 }) => ({
            dueOn: monthsAfter(parts.firstOn, index),
            amountMinor:
              index === length - 1
                ? total - Math.floor(total / length) * (length - 1)
                : Math.floor(total / length),
          }),
        );
  let rest = total;
  const instalments = wanted.map(({ dueOn, amountMinor }, index) => {
    rest -= amountMinor;
    return { position: index, dueOn, amountMinor, restMinor: rest };
  });
  return {
    instalments,
    totalMinor: total,
    owedMinor,
    problems: rest === 0 ? [] : [{ problem: 'sum-differs', position: instalments.length - 1 }],
  };
}

function monthsAfter(day: string, months: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return new Date(Date.UTC(year, month - 1 + months, date)).toISOString().slice(0, 10);
}

function interest(card: DebtorCard, onDate: string): CommandOutput<'debtor.interest'>['debts'] {
  return card.debts.map((debt) => ({
    debtId: debt.debtId,
    currency: debt.currency,
    kind: debt.interest.kind,
    from: debt.interest.from,
    to: onDate,
    interestMinor: debt.interest.accruedMinor,
    chargedMinor: 0,
    unknown: debt.interest.unknown,
    periods: [
      {
        from: '2026-09-09',
        to: '2026-10-07',
        days: 29,
        principalMinor: debt.principalMinor,
        ratePpm: 97_500,
        yearDays: 365,
        interestMinor: 995,
      },
      {
        from: '2026-10-08',
        to: onDate,
        days: 45,
        principalMinor: debt.principalMinor,
        ratePpm: 92_500,
        yearDays: 365,
        interestMinor: 1_476,
      },
    ],
    rates: { source: 'MP 2026 poz. 812', verifiedOn: '2026-11-01', draft: true },
  }));
}

/** Answers to what a card asks when something on it is opened. */
export function debtorAnswers(
  card: () => DebtorCard,
  history: readonly Interaction[] = longHistory,
): Answers {
  return {
    'debtor.card': () => card(),
    'debtor.history': (question) => historyPage(history, question),
    'debtor.history-facets': () => ({
      channels: [{ channel: 'call', count: history.length }],
      people: [
        { personId: anId(1), name: 'Marta Zielińska' },
        { personId: anId(2), name: 'Paweł Górski' },
      ],
      campaigns: [{ campaignId: anId(50), name: 'Telecom 30–90' }],
    }),
    'debtor.reveal-national-id': () => ({ nationalId: '82031512347', nationalIdKind: 'PESEL' }),
    'debtor.interest': ({ onDate, debtId }) => ({
      debts: interest(card(), onDate).filter((debt) => !debtId || debt.debtId === debtId),
    }),
    'media.open': () => ({
      url: URL.createObjectURL(silence(192)),
      expiresAt: fixedNow + 3_600_000,
      durationMs: 192_000,
    }),
    'recording.waveform': () => ({
      durationMs: 192_000,
      left: Array.from({ length: 200 }, (_, at) => (at % 40 < 18 ? 20 + ((at * 37) % 70) : 2)),
      right: Array.from({ length: 200 }, (_, at) => (at % 40 < 18 ? 1 : 15 + ((at * 53) % 75))),
    }),
    'contact-point.history': () => ({
      versions: [
        {
          at: fixedNow - 40 * dayMs,
          agentName: 'Paweł Górski',
          reason: 'new number given in a call',
          kind: 'work',
          value: '+442079460199',
          status: 'active',
          label: null,
          speakTo: null,
        },
      ],
    }),
    'plan.preview': (question) => planPreview(question, 288_860),
    'payment.preview': ({ amountMinor }) => ({
      allocation: aPayment(0).allocation.map((part, index) => ({
        ...part,
        amountMinor: index === 0 ? Math.min(2_500, amountMinor) : Math.max(0, amountMinor - 2_500),
      })),
      chargedInterestMinor: 2_471,
      unallocatedMinor: Math.max(0, amountMinor - 288_860),
    }),
    'merge.find-candidates': () => ({
      candidates: [
        {
          ...side(12, 'Anna Kowalczyk', 'EL-7781-002'),
          reasons: ['nationalId', 'phoneAndName'],
          likeness: 96,
        },
        {
          ...side(13, 'A. Kowalczyk-Wójcik', 'NT-088-1190'),
          reasons: ['nameAndAddress'],
          likeness: 61,
        },
      ],
    }),
    'merge.preview': () => ({
      kept: side(10, 'Anna Kowalczyk-Wójcik', 'NT-104-2231'),
      merged: side(12, 'Anna Kowalczyk', 'EL-7781-002'),
      moves: [
        { kind: 'debt', count: 1 },
        { kind: 'contactPoint', count: 2 },
        { kind: 'interaction', count: 18 },
        { kind: 'promiseToPay', count: 1 },
      ],
      differences: [
        { field: 'familyName', kept: 'Kowalczyk-Wójcik', merged: 'Kowalczyk' },
        { field: 'street', kept: 'ul. Przykładowa 12/4', merged: 'os. Zmyślone 3/17' },
      ],
      fills: [{ field: 'birthDate', value: '1982-03-15' }],
      warnings: ['different-portfolio'],
    }),
    'merge.commit': () => ({ debtorMergeId: anId(970), debtorId: anId(10) }),
  };
}

/** A WAV file of so many seconds in which nothing is said. */
function silence(seconds: number): Blob {
  const rate = 8_000;
  const bytes = seconds * rate;
  const header = new DataView(new ArrayBuffer(44));
  const text = (at: number, value: string): void => {
    for (const [index, letter] of [...value].entries()) {
      header.setUint8(at + index, letter.charCodeAt(0));
    }
  };
  text(0, 'RIFF');
  header.setUint32(4, 36 + bytes, true);
  text(8, 'WAVEfmt ');
  header.setUint32(16, 16, true);
  header.setUint16(20, 1, true);
  header.setUint16(22, 1, true);
  header.setUint32(24, rate, true);
  header.setUint32(28, rate, true);
  header.setUint16(32, 1, true);
  header.setUint16(34, 8, true);
  text(36, 'data');
  header.setUint32(40, bytes, true);
  return new Blob([header.buffer, new Uint8Array(bytes).fill(128)], { type: 'audio/wav' });
}

function side(
  number: number,
  displayName: string,
  externalRef: string,
): CommandOutput<'merge.preview'>['kept'] {
  return {
    debtorId: anId(number),
    displayName,
    externalRef,
    portfolioName: number === 10 ? 'Nest Telekom 2026-10' : 'Energia 2026-08',
    city: 'Kraków',
    nationalIdMasked: '82•••••••17',
    debts: number === 10 ? 3 : 1,
    contactPoints: number === 10 ? 4 : 2,
    interactions: number === 10 ? 240 : 18,
  };
}
