import { AppError } from '#shared/errors/index.ts';
import type { FakeClient } from './fake-client.ts';
import { aCampaign, anId, fixedNow } from './fixtures.ts';
import { leadCampaigns } from './lead-fixtures.ts';
import {
  aDryRun,
  aGateway,
  aJob,
  aPoolNumber,
  dispositionCodes,
  gateways,
  jobs,
  numberReports,
  numberResults,
  poolNumbers,
  preparedSettings,
  scripts,
  strategyPreview,
} from './preparation-fixtures.ts';

const refuse = (): never => {
  throw new AppError('store.full', 'the disk is full');
};
const ownMessage = {
  name: 'Zmyślona Windykacja – brak konsultanta, wersja 3.wav',
  durationMs: 11_400,
  setAt: fixedNow - 12 * 86_400_000,
};

/** Answers for the pages on which campaigns are prepared. */
export function preparationAnswers(): FakeClient['answers'] {
  return {
    'campaign.preview-strategy': () => strategyPreview,
    'campaign.set-abandonment-message': () => aCampaign({ abandonmentMessage: ownMessage }),
    'campaign.remove-abandonment-message': () => aCampaign(),
    'campaign.open-abandonment-message': refuse,
    'campaign.dry-run': ({ agents }) => aDryRun(agents ? { agents } : {}),
    'caller-id.list': ({ includeRetired = false }) => ({
      numbers: poolNumbers.filter((one) => includeRetired || one.state !== 'retired'),
    }),
    'caller-id.save': () => aPoolNumber(),
    'caller-id.set-state': ({ state }) => aPoolNumber({ state }),
    'caller-id.import-reports': () => ({
      lines: 12_410,
      ours: 2,
      listed: 1,
      delisted: 0,
      unreadable: 14,
    }),
    'caller-id.reports': ({ callerIdId }) => ({
      reports: callerIdId === anId(74) ? numberReports : [],
    }),
    'caller-id.results': ({ callerIdId }) =>
      callerIdId === anId(75) ? { byHour: [], byRegion: [], byDay: [] } : numberResults,
    'lookup.list-gateways': () => ({ gateways }),
    'lookup.save-gateway': () => aGateway(),
    'lookup.remove-gateway': () => ({}),
    'lookup.estimate': () => ({
      numbers: 1_804,
      fromCache: 412,
      toAsk: 1_392,
      costMicro: 6_264_000,
      currency: 'EUR',
    }),
    'lookup.start': () => aJob({ lookupJobId: anId(923), done: 0, found: {} }),
    'lookup.stop': () => aJob({ state: 'stopped' }),
    'lookup.list-jobs': () => ({ jobs }),
    'disposition.list': () => ({ dispositions: dispositionCodes }),
    'script.list': () => ({ scripts }),
    'script.remove': () => ({}),
  };
}

type Scenario = (hands: { client: FakeClient }) => void;
type Wrap = (change: (answers: FakeClient['answers']) => void) => Scenario;

/** A campaign with everything set, a firm that has set nothing, and a disk that fails. */
export const preparationScenarios = (leadWith: Wrap): Record<string, Scenario> => ({
  preparation: leadWith((answers) => {
    answers['campaign.list'] = () => ({
      campaigns: leadCampaigns.map((one, index) =>
        index === 0 ? { ...one, settings: preparedSettings, abandonmentMessage: ownMessage } : one,
      ),
    });
  }),
  preparationPower: leadWith((answers) => {
    answers['campaign.list'] = () => ({
      campaigns: [
        aCampaign({
          status: 'paused',
          settings: {
            ...preparedSettings,
            mode: 'power',
            numbers: { ...preparedSettings.numbers, hours: [] },
          },
        }),
      ],
    });
    answers['campaign.dry-run'] = () =>
      aDryRun({ entries: 412, sampled: 412, guessed: true, stoppedBy: [], expectedHours: 3.4 });
  }),
  preparationEmpty: leadWith((answers) => {
    answers['caller-id.list'] = () => ({ numbers: [] });
    answers['lookup.list-gateways'] = () => ({ gateways: [] });
    answers['lookup.list-jobs'] = () => ({ jobs: [] });
    answers['script.list'] = () => ({ scripts: [] });
    answers['campaign.preview-strategy'] = () => ({
      total: 1_200,
      fitting: 0,
      priorities: [],
      period: null,
      rows: [],
    });
  }),
  preparationFailing: leadWith((answers) => {
    for (const name of Object.keys(preparationAnswers())) {
      answers[name as 'script.list'] = refuse;
    }
  }),
  preparationLoading: leadWith((answers) => {
    for (const name of Object.keys(preparationAnswers())) {
      answers[name as 'script.list'] = () => new Promise(() => {});
    }
    answers['app.upload-ticket'] = () => new Promise(() => {});
  }),
});
