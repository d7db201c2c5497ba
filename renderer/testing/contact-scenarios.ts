import type { Call, CallParty, DebtorCard, Permission } from '#shared/contract/index.ts';
import { aScreening } from './contact-answers.ts';
import { debtorAnswers } from './debtor-answers.ts';
import { aCard, aContactPoint } from './debtor-fixtures.ts';
import type { FakeClient } from './fake-client.ts';
import { anId, dayMs, fixedNow, minuteMs } from './fixture-base.ts';
import { aCall, anAgentStatus } from './fixtures.ts';
import { leadWith } from './lead-answers.ts';

type Scenario = (hands: { client: FakeClient }) => void;
const hourMs = 60 * minuteMs;

export const aParty = (overrides: Partial<CallParty> = {}): CallParty => ({
  state: 'unknown',
  checks: [],
  relation: null,
  at: null,
  revealed: false,
  ...overrides,
});

export const obligations: Call['obligations'] = [
  { rule: 'US-F-10', pack: 'us-federal', what: 'say', element: 'callerIdentity' },
  { rule: 'PL-R-01', pack: 'pl', what: 'announceRecording', element: null },
  { rule: 'US-F-11', pack: 'us-federal', what: 'say', element: 'miniMirandaFirst' },
  { rule: 'US-F-12', pack: 'us-federal', what: 'firstNotice', element: 'validationNotice' },
];

const later = (because: string, rule: string, hours: number): Permission => ({
  allowed: false,
  blockedBy: [{ rule, pack: 'pl', because, until: fixedNow + hours * hourMs }],
  nextAllowedAt: fixedNow + hours * hourMs,
  overridable: because === 'hours',
  override: null,
});
const yes: Permission = {
  allowed: true,
  blockedBy: [],
  nextAllowedAt: null,
  overridable: false,
  override: null,
};
const never: Permission = {
  allowed: false,
  blockedBy: [{ rule: 'PL-C-02', pack: 'pl', because: 'consent', until: null }],
  nextAllowedAt: null,
  overridable: false,
  override: null,
};

/** Every answer that the door can give, on one card. */
export const cardWithPermissions = (): DebtorCard =>
  aCard({
    contactPoints: [
      aContactPoint(0, {
        messages: [
          { channel: 'sms', permission: yes },
          { channel: 'mms', permission: never },
        ],
      }),
      aContactPoint(1, {
        kind: 'work',
        value: '+442079460144',
        label: 'reception',
        zoneDoubt: true,
        permission: later('hours', 'PL-H-01', 3),
        messages: [{ channel: 'sms', permission: later('cap', 'BASE-CAP-DAY', 11) }],
      }),
      aContactPoint(2, {
        kind: 'home',
        value: '+442079460155',
        permission: {
          ...later('cooldown', 'US-F-02', 48),
          allowed: true,
          override: { overrideId: anId(600), expiresAt: fixedNow + hourMs },
        },
      }),
      aContactPoint(3, {
        kind: 'email',
        value: 'anna.kowalczyk@przyklad.example',
        permission: null,
        messages: [{ channel: 'email', permission: never }],
      }),
    ],
    blocks: [
      {
        personalBlockId: anId(620),
        contactPointId: null,
        days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'],
        from: '00:00',
        to: '12:00',
        timeZone: null,
        channels: null,
        note: 'works at night',
        createdAt: fixedNow - dayMs,
        agentName: 'Paweł Górski',
      },
    ],
    statedPlace: {
      statedPlaceId: anId(621),
      timeZones: ['America/Chicago'],
      label: 'Chicago, United States',
      since: fixedNow - dayMs,
      until: fixedNow + 9 * dayMs,
      agentName: 'Paweł Górski',
    },
    notices: [
      {
        noticeSentId: anId(622),
        notice: 'firstClaimInTextForm',
        debtId: null,
        sentAt: fixedNow - 30 * dayMs,
        source: 'the creditor, by registered letter',
      },
    ],
  });

const inCall =
  (call: Partial<Call>, card: () => DebtorCard = aCard): Scenario =>
  ({ client }) => {
    Object.assign(client.answers, debtorAnswers(card));
    client.answers['agent.status'] = () =>
      anAgentStatus({
        workState: call.state === 'ended' ? 'wrapUp' : 'talking',
        next: 'ready',
        callId: anId(100),
        since: fixedNow - 151_000,
      });
    client.answers['call.current'] = () => ({
      call: aCall({ party: aParty(), obligations, ...call }),
      card: card(),
    });
    // the engine tells everybody what it answered
    for (const name of ['call.identify', 'call.third-person', 'call.reset-party'] as const) {
      const answer = client.answers[name] as (input: never) => CallParty;
      Object.assign(client.answers, {
        [name]: (input: never) => {
          const party = answer(input);
          client.emit('call.changed', { call: aCall({ obligations, ...call, party }) });
          return party;
        },
      });
    }
  };

/** Who is on the line, what is owed, what is allowed. */
export const contactScenarios: Record<string, Scenario> = {
  lineUnknown: inCall({}),
  lineRinging: inCall({
    state: 'ringing',
    mode: 'manual',
    answeredAt: null,
    joinedAt: null,
    recording: 'waiting',
  }),
  lineIdentified: inCall({ party: aParty({ state: 'identified', checks: ['birthDate'] }) }),
  lineThird: inCall({ party: aParty({ state: 'thirdPerson', relation: 'flatmate' }) }),
  lineThirdEnded: inCall({
    party: aParty({ state: 'thirdPerson' }),
    state: 'ended',
    endedAt: fixedNow - 4_000,
    endedBy: 'agent',
    attemptResult: 'answered',
  }),
  lineAsksRecording: inCall({
    recording: 'waiting',
    obligations: [
      { rule: 'US-CA-01', pack: 'us-ca', what: 'askRecordingConsent', element: null },
      ...obligations.slice(2),
    ],
  }),
  lineMustEnd: inCall({
    recording: 'refused',
    obligations: [
      { rule: 'RU-R-01', pack: 'ru', what: 'recordingMandatory', element: null },
      ...obligations,
    ],
  }),
  linePermissions: inCall({ party: aParty({ state: 'identified' }) }, cardWithPermissions),
  cardPermissions: ({ client }) => {
    Object.assign(client.answers, debtorAnswers(cardWithPermissions));
  },
  screening: leadWith((answers) => {
    answers['campaign.screening'] = () => aScreening();
  }),
  screeningRuns: leadWith((answers) => {
    answers['campaign.screening'] = () =>
      aScreening({ state: 'running', screened: 310, allowedNow: 0, screenedAt: null });
  }),
};
