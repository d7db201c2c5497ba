import type { Campaign } from '#shared/contract/index.ts';
import { AppError } from '#shared/errors/index.ts';
import { deskScenarios } from './desk-answers.ts';
import type { FakeClient } from './fake-client.ts';
import { anAppState, anId, fixedNow } from './fixtures.ts';
import {
  agents,
  anImport,
  aTrunk,
  attempts,
  auditEntries,
  debtorRows,
  importPreview,
  leadCampaigns,
  liveCalls,
  people,
  portfolios,
  trunks,
} from './lead-fixtures.ts';
import { liveAnswers, liveScenarios } from './live-answers.ts';
import { portfolioAnswers, portfolioScenarios } from './portfolio-answers.ts';
import { preparationAnswers, preparationScenarios } from './preparation-answers.ts';
import { rulesAnswers, rulesScenarios } from './rules-answers.ts';

/** Answers enough for every page of a lead and of an administrator, in a real store. */
export function leadAnswers(): FakeClient['answers'] {
  const found = (campaignId: string) =>
    leadCampaigns.find((one) => one.campaignId === campaignId) ?? (leadCampaigns[0] as Campaign);
  return {
    ...portfolioAnswers(),
    ...rulesAnswers(),
    ...preparationAnswers(),
    ...liveAnswers(),
    'app.snapshot': () =>
      anAppState({
        storeKind: 'real',
        synthetic: false,
        practiceCarrier: { running: false, trunkName: null },
        rules: {
          packs: [
            pack('safe-base', 'Safe base', 'draft'),
            pack('pl', 'Poland', 'counsel-approved'),
            pack('ru', 'Russian Federation', 'withdrawn'),
            pack('firm', 'Our own rules', 'draft'),
          ],
        },
      }),
    'debtor.list-portfolios': () => ({ portfolios }),
    'debtor.list': ({ search = '', offset = 0, limit = 50 }) => {
      const all = debtorRows(0, 1200).filter((row) =>
        row.displayName.toLowerCase().includes(search.toLowerCase()),
      );
      return { rows: all.slice(offset, offset + limit), total: all.length };
    },
    'campaign.list': () => ({ campaigns: leadCampaigns }),
    'campaign.start': ({ campaignId }) => ({ ...found(campaignId), status: 'running' }),
    'campaign.pause': ({ campaignId }) => ({ ...found(campaignId), status: 'paused' }),
    'campaign.resume': ({ campaignId }) => ({ ...found(campaignId), status: 'running' }),
    'campaign.stop': ({ campaignId }) => ({ ...found(campaignId), status: 'stopped' }),
    'campaign.list-attempts': ({ campaignId }) => ({
      attempts: campaignId === anId(50) ? attempts : [],
    }),
    'agent.list': () => ({ agents }),
    'call.list-live': () => ({ calls: liveCalls }),
    'access.list-people': () => ({ people }),
    'access.invite': () => ({
      url: `http://127.0.0.1:4123/#login=${'0'.repeat(64)}`,
      expiresAt: fixedNow + 24 * 3_600_000,
    }),
    'access.list-audit': () => ({ entries: auditEntries }),
    'telephony.list-trunks': () => ({ trunks }),
    'telephony.save-trunk': ({ settings }) => aTrunk({ settings }),
    'telephony.test-trunk': () => ({
      ok: false,
      steps: [
        { id: 'storeKind', ok: 'yes', finding: 'trunk.store-kind-fits', details: {} },
        {
          id: 'resolve',
          ok: 'yes',
          finding: 'trunk.resolved',
          details: { localAddress: '192.0.2.14' },
        },
        {
          id: 'nat',
          ok: 'yes',
          finding: 'trunk.public-address',
          details: { host: '198.51.100.7', port: 40_122 },
        },
        {
          id: 'reach',
          ok: 'yes',
          finding: 'trunk.reached',
          details: { status: 200, roundTripMs: 23 },
        },
        {
          id: 'register',
          ok: 'no',
          finding: 'trunk.forbidden',
          details: { status: 403, reasonPhrase: 'Forbidden' },
        },
      ],
    }),
    'telephony.call-my-phone': () => ({
      answered: true,
      heardUs: 'yes',
      weHeard: false,
      sipStatus: 200,
      finding: 'audio.we-hear-nothing',
    }),
    'import.preview': ({ mapping }) => ({
      ...importPreview,
      ...(mapping ? { mapping } : {}),
    }),
    'import.commit': () => anImport(),
    'import.status': ({ importJobId }) =>
      importJobId === anId(301)
        ? anImport({
            state: 'finished',
            rows: 18_412,
            imported: 18_001,
            updated: 312,
            rejected: 99,
            seconds: 8.1,
            hasRejects: true,
          })
        : anImport(),
    'import.cancel': () => anImport({ state: 'cancelled' }),
  };
}

function pack(id: string, title: string, status: 'draft' | 'counsel-approved' | 'withdrawn') {
  return { id, version: '2026.11.1', title, status, practice: false };
}

type Scenario = (hands: { client: FakeClient }) => void;

export const leadWith =
  (change: (answers: FakeClient['answers']) => void): Scenario =>
  ({ client }) => {
    Object.assign(client.answers, leadAnswers());
    change(client.answers);
  };
const refuse = (): never => {
  throw new AppError('store.full', 'the disk is full');
};

/** What a lead can meet: a day at work, an empty firm, a failing disk, a practice store, an engine that is away. */
export const leadScenarios: Record<string, Scenario> = {
  lead: leadWith(() => {}),
  ...portfolioScenarios(leadWith(() => {})),
  ...rulesScenarios(leadWith),
  ...preparationScenarios(leadWith),
  ...liveScenarios(leadWith),
  ...deskScenarios(leadWith),
  leadEmpty: leadWith((answers) => {
    answers['debtor.list-portfolios'] = () => ({ portfolios: [] });
    answers['campaign.list'] = () => ({ campaigns: [] });
    answers['campaign.list-attempts'] = () => ({ attempts: [] });
    answers['agent.list'] = () => ({ agents: [] });
    answers['agent.status'] = refuse;
    answers['call.list-live'] = () => ({ calls: [] });
    answers['telephony.list-trunks'] = () => ({ trunks: [] });
    answers['access.list-audit'] = () => ({ entries: [] });
  }),
  leadFailing: leadWith((answers) => {
    answers['debtor.list-portfolios'] = refuse;
    answers['campaign.list-attempts'] = refuse;
    answers['call.list-live'] = refuse;
    answers['access.list-people'] = refuse;
    answers['telephony.list-trunks'] = refuse;
    answers['import.preview'] = () => {
      throw new AppError('import.unknown-file', 'the file is gone');
    };
  }),
  leadPractice: leadWith((answers) => {
    answers['app.snapshot'] = () => anAppState();
    answers['telephony.list-trunks'] = () => ({
      trunks: [
        aTrunk({
          practice: true,
          state: 'reachable',
          settings: {
            ...aTrunk().settings,
            name: 'Practice carrier',
            host: '127.0.0.1',
            authentication: 'address',
            nat: { kind: 'none' },
            numberFormat: 'e164',
          },
        }),
      ],
    });
  }),
  leadLost: ({ client }) => {
    Object.assign(client.answers, leadAnswers());
    client.resync();
    setTimeout(() => client.setConnection({ kind: 'lost', since: fixedNow - 7_000 }), 300);
  },
};
