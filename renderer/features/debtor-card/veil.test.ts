import { describe, expect, it } from 'vitest';
import type { CallParty } from '#shared/contract/index.ts';
import { aCall, aCard, aPayment, aPlan } from '../../testing/fixtures.ts';
import { namesTheDebt } from './names-the-debt.ts';
import { shapeOf, veiledCard, veilOf } from './veil.ts';

const party = (overrides: Partial<CallParty> = {}): CallParty => ({
  state: 'unknown',
  checks: [],
  relation: null,
  at: null,
  revealed: false,
  ...overrides,
});

describe('the veil of a call', () => {
  it.each(['dialing', 'ringing', 'offered', 'connected', 'held'] as const)(
    'lies over the card while nobody knows who is on the line (%s)',
    (state) => expect(veilOf(state, party())).toBe('unknown'),
  );

  it('lifts when the debtor is identified, and when a reason was given', () => {
    expect(veilOf('connected', party({ state: 'identified' }))).toBe('open');
    expect(veilOf('connected', party({ revealed: true }))).toBe('open');
  });

  it('stays for a third person, also after the call and whatever was revealed before', () => {
    const third = party({ state: 'thirdPerson', revealed: true });
    expect(veilOf('connected', third)).toBe('thirdPerson');
    expect(veilOf('ended', third)).toBe('thirdPerson');
  });

  it('is gone in the wrap-up of any other call', () => {
    expect(veilOf('ended', party())).toBe('open');
  });
});

describe('a veiled card', () => {
  const card = aCard({
    payments: [aPayment(0)],
    plans: [aPlan()],
    holds: [
      {
        holdId: 'h' as never,
        kind: 'dispute',
        medium: null,
        contactPointId: null,
        debtId: null,
        since: 0,
        until: null,
        maxDays: null,
        reason: 'Invoice FV/2026/0817 over 1.152,50 contested',
        agentName: 'Paweł Górski',
      },
    ],
  });
  const text = JSON.stringify(veiledCard(card));

  it('holds no amount, no creditor, no reference and nothing that people wrote', () => {
    for (const { balanceMinor, externalRef, creditorName } of card.debts) {
      if (balanceMinor > 0) expect(text).not.toContain(String(balanceMinor));
      expect(text).not.toContain(externalRef);
      expect(text).not.toContain(creditorName);
    }
    for (const { amountMinor } of card.totals) expect(text).not.toContain(String(amountMinor));
    expect(text).not.toContain(card.externalRef);
    expect(text).not.toContain('1.152,50');
    expect(text).not.toContain(card.portfolioName ?? 'nothing');
    expect(text).not.toMatch(/(?:amount|balance|paid)Minor":[1-9]/);
  });

  it('keeps who it is, how to reach them and what must not be done', () => {
    const veiled = veiledCard(card);
    expect(veiled.displayName).toBe(card.displayName);
    expect(veiled.contactPoints).toEqual(card.contactPoints);
    expect(veiled.holds).toMatchObject([{ kind: 'dispute', reason: null }]);
  });

  it('keeps the steps of the script before the one that names the debt', () => {
    const sections = [
      { title: 'Hello', text: 'Good morning, am I speaking with {debtor}?' },
      { title: 'Why', text: 'It is about {balance}.' },
      { title: 'Listen', text: 'Let them speak.' },
    ];
    const script = { name: 'Telecom', language: 'en', debtKind: 'telecom', sample: true, sections };
    expect(veiledCard(aCard({ script })).script?.sections).toEqual([sections[0]]);
  });

  it('has the size of what is behind it', () => {
    expect(shapeOf(card)).toMatchObject({ debts: card.debts.length });
    expect(shapeOf(card).below).toHaveLength(3);
  });
});

describe('words that tell of a debt', () => {
  it.each([
    'It is about your debt.',
    'You owe us money',
    'Chodzi o zaległość wobec firmy',
    'Dzwonię w sprawie faktury',
    'Речь о задолженности',
    '关于您的欠款',
    'Call about {creditor}',
  ])('are found: %s', (text) => expect(namesTheDebt(text)).toBe(true));

  it.each([
    'Good morning, am I speaking with {debtor}?',
    'Dzień dobry, czy rozmawiam z panią {debtor}?',
    'Здравствуйте, меня зовут {agent}. Вы {debtor}?',
    '您好,请问您是{debtor}吗?',
  ])('are not seen where there are none: %s', (text) => expect(namesTheDebt(text)).toBe(false));

  it('a call of the fixtures is identified, so that other tests see the whole card', () => {
    const { state, party: known } = aCall();
    expect(veilOf(state, known)).toBe('open');
  });
});
