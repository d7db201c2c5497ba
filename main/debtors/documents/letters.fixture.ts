import type { DocumentLanguage, Letterhead, LetterKind } from '#shared/contract/index.ts';
import { composeLetter } from './letter/compose-letter.ts';
import type { LetterData } from './letter/letter-data.ts';
import { sampleLetters } from './templates/sample-letters.ts';

export const aLetterhead: Letterhead = {
  name: 'Windykacja Źródło sp. z o.o.',
  street: 'ul. Świętokrzyska 12',
  postalCode: '00-916',
  city: 'Warszawa',
  country: 'PL',
  ids: [
    { label: 'NIP', value: '525-00-00-000' },
    { label: 'REGON', value: '123456785' },
  ],
  phone: '+48 22 123 45 67',
  email: 'biuro@example.pl',
  website: 'example.pl',
  bankName: 'Bank Przykładowy SA',
  bankAccount: 'PL61109010140000071219812874',
  footer: 'Sąd Rejonowy dla m.st. Warszawy, KRS 0000000000. Kapitał zakładowy 50 000 zł.',
};

export function aLetterData(overrides: Partial<LetterData> = {}): LetterData {
  const debt = {
    id: 'd',
    externalRef: 'FV/2026/0815',
    creditorName: 'Kredyt Źródlany SA',
    currency: 'PLN',
    issuedOn: '2026-08-01',
    dueOn: '2026-09-01',
    accountToPay: '61109010140000071219812874',
    principalMinor: 1_234_567,
    interestMinor: 8_901,
    feesMinor: 4_000,
    paidMinor: 10_000,
    balanceMinor: 1_247_468,
    interestKnown: true,
  };
  return {
    debtor: {
      externalRef: 'KL/2026/001',
      displayName: 'Łucja Żółć-Gęślą',
      taxId: null,
      street: 'ul. Długa 1 m. 2',
      postalCode: '90-001',
      city: 'Łódź',
      country: 'PL',
      jurisdiction: 'PL',
      accountToPay: null,
    },
    date: '2026-11-21',
    debts: [
      debt,
      {
        ...debt,
        id: 'e',
        externalRef: 'FV/2026/0816',
        balanceMinor: 100,
        principalMinor: 100,
        interestMinor: 0,
        feesMinor: 0,
        paidMinor: 0,
      },
    ],
    plan: {
      currency: 'PLN',
      totalMinor: 300_000,
      instalments: [1, 2, 3].map((position) => ({
        position,
        dueOn: `2027-0${position}-15`,
        amountMinor: 100_000,
        paidMinor: 0,
      })),
    },
    payment: {
      amountMinor: 123_456,
      currency: 'PLN',
      paidOn: '2026-11-19',
      method: 'transfer',
      reference: 'rata',
    },
    payments: [
      {
        amountMinor: 123_456,
        currency: 'PLN',
        paidOn: '2026-11-19',
        method: 'transfer',
        reference: 'rata',
      },
    ],
    ...overrides,
  };
}

export function aLetter(kind: LetterKind, language: DocumentLanguage, data = aLetterData()) {
  const sample = sampleLetters.find((each) => each.kind === kind && each.language === language);
  if (!sample) throw new Error('no such sample');
  const { body } = sample;
  return composeLetter(data, {
    body,
    language,
    letterhead: aLetterhead,
    logo: null,
    agentName: 'Ewa',
  });
}
