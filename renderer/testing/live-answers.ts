import type { CampaignSettings } from '#shared/contract/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { FakeClient } from './fake-client.ts';
import { aCall, aCampaign, aCard, aDisposition, anAgentStatus, fixedNow } from './fixtures.ts';
import { leadCampaigns } from './lead-fixtures.ts';
import { aLive, anOffer, budgets, decisions, forecasts } from './live-fixtures.ts';

type Answers = FakeClient['answers'];
type Scenario = (hands: { client: FakeClient }) => void;
const minuteMs = 60_000;

/** Answers for the page of a campaign as it goes. */
export function liveAnswers(): Answers {
  return {
    'campaign.live': ({ campaignId }) => aLive({ campaignId: campaignId as never }),
    'campaign.forecast': ({ goalsPercent, takeBack = false }) => ({
      guessed: false,
      forecasts: forecasts(goalsPercent, takeBack),
    }),
    'rules.abandonment': () => ({ budgets }),
    'campaign.decisions': ({ before = fixedNow }) => ({
      decisions: decisions.filter((one) => one.at < before),
      more: true,
    }),
    'campaign.replay': ({ mode, silentGoalPercent, takeBack }) => ({
      decisions: 12_482,
      different: 0,
      recorded: {
        dials: 1_388,
        answered: 341,
        abandoned: 3,
        busyMinutesPerHour: 45.7,
        silentPercent: 0.88,
      },
      other:
        mode === undefined && silentGoalPercent === undefined && takeBack === undefined
          ? null
          : {
              mode: mode ?? 'predictive',
              silentGoalPercent: silentGoalPercent ?? 1,
              takeBack: takeBack ?? false,
              talkMinutesPerHour: 38.9,
              busyMinutesPerHour: 48.1,
              silentPercent: 1.94,
              dialsPerHour: 302,
            },
    }),
    'campaign.update': ({ campaignId, settings }) => {
      const found = leadCampaigns.find((one) => one.campaignId === campaignId) ?? aCampaign();
      return { ...found, settings: { ...found.settings, ...settings } as CampaignSettings };
    },
  };
}

const predictive = aCampaign({
  settings: { ...aCampaign().settings, mode: 'predictive', maxConcurrentCalls: 30 },
});

/** Around one campaign: at work, alone, blocked, not begun, cut off. @param lead makes a lead's scenario */
export function liveScenarios(
  lead: (change: (answers: Answers) => void) => Scenario,
): Record<string, Scenario> {
  const campaignIs = (answers: Answers, change: Partial<typeof predictive>): void => {
    answers['campaign.list'] = () => ({
      campaigns: [{ ...predictive, ...change }, ...leadCampaigns.slice(1)],
    });
  };
  return {
    liveCampaign: lead((answers) => campaignIs(answers, {})),
    liveNoAgents: lead((answers) => {
      campaignIs(answers, { blockedBy: 'noAgent' });
      answers['campaign.live'] = () => quiet();
    }),
    livePower: lead((answers) =>
      campaignIs(answers, {
        status: 'paused',
        settings: { ...predictive.settings, mode: 'power' },
      }),
    ),
    liveDraft: lead((answers) => campaignIs(answers, { status: 'draft' })),
    liveFailing: lead((answers) => {
      campaignIs(answers, {});
      for (const name of [
        'campaign.live',
        'campaign.decisions',
        'campaign.replay',
        'rules.abandonment',
      ] as const) {
        answers[name] = () => {
          throw new AppError('store.full', 'the disk is full');
        };
      }
    }),
    liveDecisionsEmpty: lead((answers) => {
      campaignIs(answers, {});
      answers['campaign.decisions'] = () => ({ decisions: [], more: false });
      answers['campaign.replay'] = () => {
        throw new AppError('campaign.nothing-recorded', 'nothing');
      };
    }),
    liveLost: (hands) => {
      lead((answers) => campaignIs(answers, {}))(hands);
      hands.client.resync();
      setTimeout(() => hands.client.setConnection({ kind: 'lost', since: fixedNow - 7_000 }), 600);
    },
    ...offerScenarios(),
    wrapUpFirm,
  };
}

function quiet() {
  return aLive({
    agents: [],
    stages: { dialing: 0, ringing: 0, waiting: 0, connected: 0, abandoning: 0 },
    today: {
      calls: 0,
      answered: 0,
      connected: 0,
      abandoned: 0,
      takenBack: 0,
      promises: 0,
      abandonedPercent: null,
      answersPerHour: null,
      occupancy: null,
      busyMinutesPerHour: null,
      averageWaitMs: null,
      answerToAgentP95Ms: null,
    },
    series: [],
    pacer: null,
  });
}

/** After a call of a campaign that offers outcomes of the firm's own, one of which asks for a note. */
const wrapUpFirm: Scenario = ({ client }) => {
  client.answers['agent.status'] = () =>
    anAgentStatus({
      workState: 'wrapUp',
      callId: aCall().callId,
      next: 'ready',
      since: fixedNow - 12_000,
      autoReadyAt: fixedNow + 48_000,
    });
  client.answers['call.current'] = () => ({
    call: aCall({ state: 'ended', endedAt: fixedNow - 12_000, endedBy: 'debtor' }),
    card: aCard(),
  });
  client.answers['call.list-dispositions'] = () => ({
    dispositions: [
      aDisposition({ code: 'promise', key: '2', effect: 'promise' }),
      aDisposition({
        code: 'moved',
        label: 'Moved abroad, asks in writing',
        key: '3',
        effect: 'retry',
        next: { noteRequired: true },
      }),
      aDisposition({ code: 'paid', key: '1', effect: 'done' }),
      aDisposition({ code: 'other', effect: 'retry' }),
    ],
  });
  client.answers['campaign.list'] = () => ({
    campaigns: [
      aCampaign({
        settings: { ...aCampaign().settings, dispositions: ['promise', 'moved', 'paid'] },
      }),
    ],
  });
};

/** An agent to whom a debtor is offered before the call. */
function offerScenarios(): Record<string, Scenario> {
  const offered =
    (change: Parameters<typeof anOffer>[0]): Scenario =>
    ({ client }) => {
      client.answers['agent.status'] = () =>
        anAgentStatus({ workState: 'ready', next: 'ready', since: fixedNow - 9_000 });
      client.answers['preview.current'] = () => ({ offer: anOffer(change) });
      client.answers['preview.hold'] = () => ({ offer: anOffer({ ...change, dialsAt: null }) });
      client.answers['preview.skip'] = () => ({});
    };
  return {
    offerPreview: offered({}),
    offerHeld: offered({ dialsAt: null }),
    offerCallback: offered({
      kind: 'callback',
      callbackAt: fixedNow - 2 * minuteMs,
      promisedBy: 'Paweł Górski',
      note: 'Asked to be called after work; will have talked to her husband about the instalments.',
    }),
    offerSilent: offered({ kind: 'silent', dialsAt: null, silentAt: fixedNow - 74 * 3_600_000 }),
    offerGone: (hands) => {
      offered({})(hands);
      hands.client.answers['preview.dial'] = () => {
        throw new AppError('preview.gone', 'somebody else');
      };
    },
  };
}
