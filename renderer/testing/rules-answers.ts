import { AppError } from '#shared/errors/index.ts';
import type { FakeClient } from './fake-client.ts';
import { anId, fixedNow } from './fixture-base.ts';
import {
  anOverride,
  anOwnPackRow,
  decisions,
  overrides,
  ownContent,
  ownPack,
  ownPackRows,
  packRowOf,
  replayOf,
  retentionPeriods,
  retentionResults,
  shippedPacks,
} from './rules-fixtures.ts';

/** Answers for every page of the rules. */
export function rulesAnswers(): FakeClient['answers'] {
  return {
    'rules.list-packs': () => ({ packs: [...shippedPacks, ownPack].map(packRowOf) }),
    'rules.get-pack': ({ packId }) => {
      const pack = [...shippedPacks, ownPack].find((one) => one.id === packId);
      if (!pack) throw new AppError('contact-rules.unknown-pack', packId);
      return { pack, row: packRowOf(pack) };
    },
    'rules.record-review': ({ packId, version, reviewer, reviewedOn }) => {
      const pack = shippedPacks.find((one) => one.id === packId) ?? ownPack;
      return { ...packRowOf(pack), version, status: 'counsel-approved', reviewer, reviewedOn };
    },
    'rules.list-own-packs': () => ({ packs: ownPackRows }),
    'rules.get-own-pack': ({ ownPackId }) => ownContent(ownPackId),
    'rules.start-draft': () => ownContent(anId(801)),
    'rules.save-draft': ({ pack }) => {
      const text = JSON.stringify(pack);
      return {
        row: anOwnPackRow(),
        problems: text.includes('"limit":null')
          ? [{ rule: 'OWN-01', field: 'limit', problem: 'Invalid input: expected number' }]
          : [],
      };
    },
    'rules.discard-draft': () => ({}),
    'rules.preview-draft': ({ sample = 500 }) => ({
      sampled: sample,
      allowedBefore: 412,
      allowedAfter: 287,
      byRule: [
        { rule: 'OWN-01', refused: 98 },
        { rule: 'OWN-02', refused: 27 },
      ],
    }),
    'rules.publish-draft': () => anOwnPackRow({ state: 'inForce', publishedAt: fixedNow }),
    'rules.retire-pack': () => ({}),
    'contact.list-overrides': ({ state }) => ({
      overrides: overrides.filter((one) => state === undefined || one.state === state),
    }),
    'contact.grant-override': () => anOverride(0, { state: 'granted' }),
    'contact.refuse-override': () => anOverride(0, { state: 'refused' }),
    'contact.withdraw-override': () => anOverride(0, { state: 'withdrawn' }),
    'rules.list-decisions': ({ debtorId, allowed, overridden }) => ({
      decisions: decisions.filter(
        (one) =>
          (debtorId === undefined || one.debtorId === debtorId) &&
          (allowed === undefined || one.allowed === allowed) &&
          (overridden === undefined || (one.overriddenByName !== null) === overridden),
      ),
      more: false,
    }),
    'rules.replay-decision': ({ decisionId }) => replayOf(decisionId),
    'rules.get-settings': () => ({
      site: ['PL', 'US-MA'],
      actors: ['collector'],
      identification: {
        person: ['fullName', 'birthDate', 'postalCode', 'nationalIdEnd'],
        company: ['companyName', 'taxId', 'reference'],
        needed: 2,
      },
    }),
    'rules.set-settings': (settings) => ({
      site: settings.site ?? [],
      actors: settings.actors ?? [],
      identification: settings.identification ?? {
        person: ['fullName'],
        company: ['companyName'],
        needed: 1,
      },
    }),
    'rules.check-content': ({ text }) => ({
      ok: !text.includes('court'),
      problems: text.includes('court')
        ? [
            {
              rule: 'SB-14',
              pack: 'safe-base',
              source: 'Own default where no pack of the place has been approved',
              problem: 'forbidden',
              element: 'threat',
              words: 'take you to court',
            },
            {
              rule: 'SB-12',
              pack: 'safe-base',
              source: 'Own default where no pack of the place has been approved',
              problem: 'missing',
              element: 'optOut',
              words: null,
            },
          ]
        : [],
      found: [
        { element: 'creditorName', words: 'Nest Telekom' },
        { element: 'amount', words: '400 zł' },
        { element: 'threat', words: 'take you to court' },
      ].filter((one) => text.includes(one.words)) as never,
    }),
    'rules.read-reply': ({ text }) => ({
      verdict: /stop/i.test(text) ? 'optOut' : 'none',
      scope: /stop/i.test(text) ? 'medium' : null,
      media: /stop/i.test(text) ? ['sms', 'mms'] : [],
      words: /stop/i.test(text) ? 'STOP' : null,
      language: 'en',
    }),
    'rules.get-retention': () => ({ periods: retentionPeriods }),
    'rules.set-retention': () => ({ periods: retentionPeriods }),
    'rules.preview-retention': () => ({ results: retentionResults, complete: true }),
    'rules.list-retention-runs': () => ({
      runs: [
        {
          retentionRunId: anId(860),
          startedAt: fixedNow - 10 * 3_600_000,
          finishedAt: fixedNow - 10 * 3_600_000 + 42_000,
          state: 'finished',
          personName: null,
          results: retentionResults,
        },
        {
          retentionRunId: anId(861),
          startedAt: fixedNow - 34 * 3_600_000,
          finishedAt: fixedNow - 34 * 3_600_000 + 3_000,
          state: 'failed',
          personName: 'Katarzyna Wiśniewska-Szczepańska',
          results: [],
        },
      ],
    }),
  };
}

type Scenario = (hands: { client: FakeClient }) => void;
type Wrap = (change: (answers: FakeClient['answers']) => void) => Scenario;
const refuse = (): never => {
  throw new AppError('store.full', 'the disk is full');
};

/** A firm without rules of its own, and an engine that cannot answer. */
export const rulesScenarios = (leadWith: Wrap): Record<string, Scenario> => ({
  rulesEmpty: leadWith((answers) => {
    answers['rules.list-packs'] = () => ({ packs: [] });
    answers['rules.list-own-packs'] = () => ({ packs: [] });
    answers['contact.list-overrides'] = () => ({ overrides: [] });
    answers['rules.list-decisions'] = () => ({ decisions: [], more: false });
    answers['rules.get-retention'] = () => ({ periods: [] });
    answers['rules.preview-retention'] = () => ({ results: [], complete: true });
    answers['rules.list-retention-runs'] = () => ({ runs: [] });
  }),
  rulesFailing: leadWith((answers) => {
    for (const name of Object.keys(rulesAnswers())) answers[name as 'rules.list-packs'] = refuse;
  }),
  rulesTexts: leadWith((answers) => {
    answers['app.get-preferences'] = () => ({
      preferences: {
        'draft.rules': {
          note: '',
          promise: null,
          callbackAt: null,
          title: '',
          forms: {
            check: {
              text: 'Nest Telekom: you owe 400 zł. Pay today or we take you to court.',
              language: 'en',
              channel: 'sms',
              when: 'every',
              place: 'PL',
            },
            reply: { text: 'STOP writing to me please', channel: 'sms' },
          },
        },
      },
    });
  }),
});
