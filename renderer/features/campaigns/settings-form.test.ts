import { describe, expect, it } from 'vitest';
import { campaignSettings, defaultCampaignSettings, type Trunk } from '#shared/contract/index.ts';
import { aCampaign } from '../../testing/fixtures.ts';
import { formGaps, formOf, newForm, withTrunk } from './settings-form.ts';

const aTrunk = (trunkId: string, numbers: string[], enabled = true): Trunk =>
  ({
    trunkId,
    enabled,
    callerIds: numbers.map((callerIdId) => ({ callerIdId, trunkId, e164: '', label: '' })),
  }) as unknown as Trunk;
const portfolio = { portfolioId: 'p', name: 'Nest Telekom' };

describe('a new campaign', () => {
  it('starts with settings that the contract takes', () => {
    expect(campaignSettings.safeParse(defaultCampaignSettings).success).toBe(true);
  });

  it('takes the only trunk and its first number', () => {
    const form = newForm(portfolio, [aTrunk('a', ['n1', 'n2']), aTrunk('b', ['n3'], false)]);
    expect(form).toMatchObject({ name: 'Nest Telekom', trunkId: 'a', callerIdId: 'n1' });
  });

  it('leaves the choice between two trunks to the person', () => {
    expect(newForm(portfolio, [aTrunk('a', ['n1']), aTrunk('b', ['n2'])]).trunkId).toBe('');
  });

  it('needs a name and a portfolio', () => {
    expect(formGaps(newForm(null, []))).toEqual(['name', 'portfolio']);
    expect(formGaps(newForm(portfolio, []))).toEqual([]);
  });
});

describe('another trunk', () => {
  it('brings its own first number', () => {
    const form = newForm(portfolio, [aTrunk('a', ['n1'])]);
    expect(withTrunk(form, aTrunk('b', ['n3']))).toMatchObject({ trunkId: 'b', callerIdId: 'n3' });
    expect(withTrunk(form, aTrunk('c', []))).toMatchObject({ trunkId: 'c', callerIdId: '' });
  });

  it('keeps a number that is its own', () => {
    const form = { ...newForm(portfolio, []), callerIdId: 'n2' };
    expect(withTrunk(form, aTrunk('a', ['n1', 'n2'])).callerIdId).toBe('n2');
  });
});

describe('an edited campaign', () => {
  it('needs a name for every priority and period', () => {
    const form = formOf(aCampaign());
    expect(formGaps(form)).toEqual([]);
    const strategy = { ...form.settings.strategy, priorities: [{ name: ' ', filter: {} }] };
    expect(formGaps({ ...form, settings: { ...form.settings, strategy } })).toEqual([
      'strategyName',
    ]);
  });
});
