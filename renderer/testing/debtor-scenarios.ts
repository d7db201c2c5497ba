import type { DebtorCard } from '#shared/contract/index.ts';
import { AppError } from '#shared/errors/index.ts';
import { debtorAnswers } from './debtor-answers.ts';
import { aCard, aContactPoint, aDebt, aPayment, aPlan } from './debtor-fixtures.ts';
import type { FakeClient } from './fake-client.ts';
import { anId, dayMs, fixedNow } from './fixture-base.ts';
import { aHistoryOf } from './history-fixtures.ts';

type Scenario = (hands: { client: FakeClient }) => void;

/** Nearly nothing is known: what came in the file, and nothing has happened yet. */
const bare = (): DebtorCard =>
  aCard({
    displayName: 'Jan Nowak',
    birthYear: null,
    nationalIdMasked: null,
    nationalIdKind: null,
    street: null,
    postalCode: null,
    address: null,
    city: null,
    synthetic: false,
    debts: [],
    totals: [],
    totalsByComponent: [],
    oldestDaysPastDue: null,
    contactPoints: [],
    promises: [],
    payments: [],
    paymentsTotal: 0,
    planned: [],
    nextAction: null,
    script: null,
    history: [],
    historyTotal: 0,
  });

/** A firm with long names in all places, two currencies, everything that a card can hold. */
const company = (): DebtorCard =>
  aCard({
    kind: 'company',
    displayName:
      'Przedsiębiorstwo Wielobranżowe „Konstantynopolitańczykowianeczka” Spółka z ograniczoną odpowiedzialnością Spółka komandytowa',
    companyName: 'Przedsiębiorstwo Wielobranżowe',
    birthYear: null,
    nationalIdMasked: null,
    nationalIdKind: null,
    taxId: { value: '5260001247', kind: 'NIP', valid: false },
    companyNumber: { value: '012345675', kind: 'REGON', valid: true },
    timeZones: ['Europe/Warsaw', 'Asia/Yekaterinburg'],
    flags: ['dispute', 'lawyer', 'insolvency'],
    totals: [
      { amountMinor: 1_284_550_00, currency: 'PLN' },
      { amountMinor: 48_000_00, currency: 'EUR' },
    ],
    totalsByComponent: [
      {
        currency: 'PLN',
        principalMinor: 1_200_000_00,
        interestMinor: 80_000_00,
        feesMinor: 4_550_00,
        paidMinor: 0,
        balanceMinor: 1_284_550_00,
        interestAccruedMinor: 12_411_17,
        unallocatedMinor: 0,
      },
      {
        currency: 'EUR',
        principalMinor: 48_000_00,
        interestMinor: 0,
        feesMinor: 0,
        paidMinor: 0,
        balanceMinor: 48_000_00,
        interestAccruedMinor: null,
        unallocatedMinor: 0,
      },
    ],
    oldestDaysPastDue: 1_130,
    debts: [
      aDebt(0, {
        externalRef: 'FS/2023/10/000178/KRAK',
        creditorName: 'Towarzystwo Ubezpieczeniowo-Reasekuracyjne Przykładowe S.A.',
        principalMinor: 1_200_000_00,
        interestMinor: 80_000_00,
        feesMinor: 4_550_00,
        paidMinor: 0,
        balanceMinor: 1_284_550_00,
        dueOn: '2023-10-18',
        daysPastDue: 1_130,
        ageBand: 'older',
        limitation: { on: '2026-10-31', state: 'passed', source: 'law', daysLeft: -21 },
        interest: {
          kind: 'statutoryCommercial',
          ratePpm: null,
          from: '2023-10-19',
          accruedMinor: 12_411_17,
          accruedTo: '2026-11-21',
          unknown: null,
        },
        account: {
          number: 'PL61109010140000071219812875',
          shown: 'PL61 1090 1014 0000 0712 1981 2875',
          valid: false,
          country: 'PL',
          of: 'debt',
        },
      }),
      aDebt(1, {
        externalRef: 'INV-2024-7781',
        currency: 'EUR',
        principalMinor: 48_000_00,
        interestMinor: 0,
        feesMinor: 0,
        paidMinor: 0,
        balanceMinor: 48_000_00,
        dueOn: '2024-02-01',
        daysPastDue: 1_024,
        ageBand: 'older',
        limitation: { on: '2027-01-31', state: 'soon', source: 'given', daysLeft: 71 },
        interest: {
          kind: 'agreed',
          ratePpm: null,
          from: null,
          accruedMinor: null,
          accruedTo: '2026-11-21',
          unknown: 'no-agreed-rate',
        },
        open: { principalMinor: 48_000_00, interestMinor: 0, feesMinor: 0 },
      }),
    ],
    holds: (['dispute', 'lawyer', 'insolvency'] as const).map((kind, index) => ({
      holdId: anId(500 + index),
      kind,
      medium: null,
      contactPointId: null,
      debtId: null,
      since: fixedNow - (index + 3) * 10 * dayMs,
      until: index === 0 ? fixedNow + 20 * dayMs : null,
      maxDays: null,
      reason: index === 0 ? 'Contests the invoice of October' : null,
      agentName: 'Paweł Górski',
    })),
    plans: [aPlan()],
    payments: [
      aPayment(0),
      aPayment(1, { status: 'reversed', paidOn: '2026-10-02', source: 'manual', method: 'cash' }),
      aPayment(2, { unallocatedMinor: 5_000, paidOn: '2026-09-14', amountMinor: 25_000 }),
    ],
    paymentsTotal: 3,
    writeOffs: [
      {
        writeOffId: anId(510),
        debtorId: anId(10),
        debtId: anId(20),
        amountMinor: 4_550_00,
        currency: 'PLN',
        reason: 'Costs of the first collector were never proven',
        status: 'proposed',
        proposedByName: 'Marta Zielińska',
        proposedBy: anId(1),
        decidedByName: null,
        decidedAt: null,
        decisionNote: null,
        createdAt: fixedNow - 2 * dayMs,
      },
    ],
    relations: [
      {
        relationId: anId(520),
        kind: 'guarantor',
        name: 'Stanisław Brzęczyszczykiewicz',
        otherDebtorId: anId(11),
        contact: '+447700900456',
        maySpeak: true,
        note: null,
        inverse: false,
      },
      {
        relationId: anId(521),
        kind: 'representative',
        name: 'Kancelaria Adwokacka Zmyślona i Wspólnicy',
        otherDebtorId: null,
        contact: 'biuro@kancelaria.example',
        maySpeak: true,
        note: 'Power of attorney of 3 March 2026',
        inverse: false,
      },
      {
        relationId: anId(522),
        kind: 'employer',
        name: 'Zakłady Mięsne „Przykład”',
        otherDebtorId: null,
        contact: null,
        maySpeak: false,
        note: null,
        inverse: false,
      },
    ],
    consents: [
      {
        consentId: anId(530),
        kind: 'electronicMessages',
        channel: 'email',
        contactPointId: anId(33),
        givenAt: fixedNow - 90 * dayMs,
        source: 'in a call',
        note: null,
        withdrawnAt: null,
        agentName: 'Marta Zielińska',
      },
      {
        consentId: anId(531),
        kind: 'automatedCalls',
        channel: null,
        contactPointId: null,
        givenAt: fixedNow - 200 * dayMs,
        source: 'letter',
        note: null,
        withdrawnAt: fixedNow - 20 * dayMs,
        agentName: null,
      },
    ],
    documents: [
      {
        documentId: anId(540),
        name: 'Wezwanie do zapłaty 2026-10-02.pdf',
        kind: 'demandForPayment',
        mediaType: 'application/pdf',
        debtId: anId(20),
        createdAt: fixedNow - 50 * dayMs,
        bytes: 84_120,
      },
    ],
    contactPoints: [
      ...aCard().contactPoints,
      aContactPoint(4, {
        kind: 'messenger',
        value: '@przedsiebiorstwo_wielobranzowe',
        permission: null,
      }),
    ],
    mergedFrom: [
      {
        debtorMergeId: anId(550),
        debtorId: anId(14),
        displayName: 'PW Konstantynopolitańczykowianeczka',
        externalRef: 'EL-7781-002',
        at: fixedNow - 4 * dayMs,
        agentName: 'Paweł Górski',
      },
    ],
    planned: [
      {
        kind: 'callback',
        at: fixedNow + dayMs,
        on: null,
        amountMinor: null,
        currency: null,
        name: null,
      },
      {
        kind: 'instalment',
        at: null,
        on: '2026-12-10',
        amountMinor: 28_217,
        currency: 'PLN',
        name: null,
      },
    ],
  });

const farAway = (): DebtorCard =>
  aCard({
    displayName: 'Mary O’Example',
    timeZones: ['America/New_York'],
    city: 'Boston',
    country: 'US',
    language: 'en',
  });

const showing =
  (card: () => DebtorCard, historyLength?: number): Scenario =>
  ({ client }) => {
    const all = historyLength === undefined ? undefined : aHistoryOf(historyLength);
    const shown = (): DebtorCard =>
      all === undefined
        ? card()
        : { ...card(), history: all.slice(0, 50), historyTotal: all.length };
    Object.assign(client.answers, debtorAnswers(shown, all ?? card().history));
  };

/** States of the card, its history and the work on it. */
export const debtorScenarios: Record<string, Scenario> = {
  debtor: showing(aCard, 240),
  debtorLong: showing(aCard, 5_000),
  debtorBare: showing(bare),
  debtorCompany: showing(company, 240),
  debtorFar: showing(farAway, 240),
  debtorLoading: ({ client }) => {
    client.answers['debtor.card'] = () => new Promise(() => {});
  },
  debtorFailing: ({ client }) => {
    client.answers['debtor.card'] = () => {
      throw new AppError('contract.timeout', 'no answer');
    };
  },
  debtorGone: ({ client }) => {
    client.answers['debtor.card'] = () => {
      throw new AppError('contract.not-found', 'no such debtor');
    };
  },
  debtorHistoryFailing: ({ client }) => {
    showing(aCard, 240)({ client });
    client.answers['debtor.history'] = () => {
      throw new AppError('contract.timeout', 'no answer');
    };
  },
  debtorLost: ({ client }) => {
    showing(aCard, 240)({ client });
    setTimeout(() => client.setConnection({ kind: 'lost', since: fixedNow - 7_000 }), 300);
  },
};
