import { practiceNumberAt } from '../../main/contact-rules/index.ts';

/** How one practice debtor takes a call, and what the agent finds. */
export interface CampaignDebtor {
  index: number;
  reference: string;
  name: string;
  number: string;
  /** a tone that nobody else has: whoever hears it talks to this debtor and no other */
  hz: number;
  answers: boolean;
  /** who ends the call */
  hangsUp: 'agent' | 'debtor';
  /** the digit of the outcome */
  outcome: '1' | '2' | '3' | '4' | '5' | '7' | '9';
}

const given = ['Amelia', 'Oliver', 'Isla', 'Noah', 'Freya', 'Leo'];
const family = ['Whitfield', 'Ashworth', 'Pemberton', 'Okafor', 'Lindqvist'];
/** far from what the sample portfolios use, which count from 0 */
const FIRST_NUMBER = 600;

/** those who do not answer, by place in the list */
const refusals: Readonly<Record<number, Record<string, unknown>>> = {
  5: { kind: 'busy' },
  11: { kind: 'ringOut' },
  17: { kind: 'wrongNumber' },
  23: { kind: 'networkFailure' },
  27: { kind: 'declined', afterMs: 300 },
};
const outcomes: Readonly<Record<number, CampaignDebtor['outcome']>> = {
  1: '5',
  3: '2',
  6: '9',
  8: '4',
  14: '2',
  20: '2',
};
const HANGS_UP_AFTER_MS = 4_500;

/** The same thirty debtors each time. */
export function campaignDebtors(): CampaignDebtor[] {
  return Array.from({ length: 30 }, (_, index) => ({
    index,
    reference: `E2E-${String(index + 1).padStart(3, '0')}`,
    name: `${given[index % given.length]} ${family[Math.floor(index / given.length)]}`,
    number: practiceNumberAt('GB', FIRST_NUMBER + index) ?? '',
    hz: 560 + 40 * index,
    answers: refusals[index] === undefined,
    hangsUp: index % 9 === 4 ? 'debtor' : 'agent',
    outcome: outcomes[index] ?? (['1', '7', '3'] as const)[index % 3] ?? '1',
  }));
}

/** What the carrier is told about them. */
export function campaignScenario(debtors: readonly CampaignDebtor[]): Record<string, unknown> {
  return {
    name: 'thirty debtors, a tone each',
    seed: 30,
    numbers: debtors.map(({ index, number, hz, hangsUp }) => ({
      match: { exact: number },
      inTurn: [
        refusals[index] ?? {
          kind: 'tone',
          hz,
          levelDbfs: -20,
          afterMs: 150,
          ...(hangsUp === 'debtor' ? { hangUpAfterMs: HANGS_UP_AFTER_MS } : {}),
        },
      ],
    })),
  };
}

/** The portfolio as a lead would get it. */
export function campaignCsv(debtors: readonly CampaignDebtor[]): string {
  const header =
    'Debtor reference,Full name,Mobile phone,Language,Country,Debt reference,Creditor,Currency,Balance,Due date';
  const lines = debtors.map(({ index, reference, name, number }) =>
    [
      reference,
      name,
      number,
      'en',
      'GB',
      `D-${reference}`,
      'Northern Energy Ltd',
      'GBP',
      `${120 + index}.50`,
      '2026-03-31',
    ].join(','),
  );
  return `${[header, ...lines].join('\r\n')}\r\n`;
}
