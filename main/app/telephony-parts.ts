import { join } from 'node:path';
import type { Clock, IdSource } from '#shared/util/index.ts';
import { findPerson } from '../access/index.ts';
import { Agents, WrapUpNotices } from '../agents/index.ts';
import {
  type ContactRules,
  findBudgetCampaign,
  readAbandonmentBudgets,
} from '../contact-rules/index.ts';
import type { Logger } from '../contract-server/index.ts';
import { findDebtorsByNumber } from '../debtors/index.ts';
import { MessageFiles } from '../dialer/abandonment-message/index.ts';
import { Attempts } from '../dialer/attempts/index.ts';
import { CallerIds } from '../dialer/caller-id/index.ts';
import { Campaigns, createNumberOrder } from '../dialer/campaigns/index.ts';
import { ReadyLists } from '../dialer/lists/index.ts';
import { LiveCampaigns } from '../dialer/live/index.ts';
import { LookedAhead } from '../dialer/screening/index.ts';
import type { OpenStore } from '../store/index.ts';
import { systemRandom } from '../store/index.ts';
import {
  AgentLines,
  type InboundCaller,
  InboundCalls,
  type InboundDuties,
  LiveCalls,
  Player,
  Prompts,
  Recorder,
  type RecordingPolicy,
  Ringback,
  recordingPolicy,
} from '../telephony/call/index.ts';
import type { MediaPort } from '../telephony/media/media-protocol.ts';
import {
  createRegistrar,
  createSipEndpoint,
  discoverPublicAddress,
  type IncomingCall,
  type Registrar,
  type SipEndpointOptions,
  type SipLogger,
} from '../telephony/sip/index.ts';
import {
  localAddressTowards,
  parseServer,
  readCallerNumber,
  Trunks,
} from '../telephony/trunks/index.ts';
import { numberByHand } from './number-by-hand.ts';
import { inspectRecording } from './recordings.ts';
import { resourcesDirectory } from './resources.ts';
import { readSetting, settingWrites } from './setting-writes.ts';
import { attemptWrites, doorWrites } from './writes.ts';

export interface TelephonyParts {
  trunks: Trunks;
  registrar: Registrar;
  agents: Agents;
  notices: WrapUpNotices;
  lines: AgentLines;
  calls: LiveCalls;
  inbound: InboundCalls;
  recorder: Recorder;
  attempts: Attempts;
  campaigns: Campaigns;
  live: LiveCampaigns;
  callerIds: CallerIds;
  readyLists: ReadyLists;
  player: Player;
  prompts: Prompts;
  messageFiles: MessageFiles;
}

export interface TelephonyOptions {
  store: OpenStore;
  media: MediaPort;
  rules: ContactRules;
  clock: Clock;
  idSource: IdSource;
  logger: Logger & SipLogger;
  recordingsDirectory: string;
  messagesDirectory: string;
}

/** Wires the switch and the dialer: who tells whom what, with each area behind the interface that the other declares. */
export function createTelephony(options: TelephonyOptions): TelephonyParts {
  const { store, media, rules, clock, idSource, logger } = options;
  const log = (message: string, details?: Record<string, unknown>) => logger.warn(message, details);
  const resources = resourcesDirectory();
  const clockSuspect = () => !rules.checkClock(store.read);
  const trunks = createTrunks(options);
  const registrar = createRegistrar({ clock, logger, userAgent: 'Dialdesk' });
  const lines = new AgentLines({ media, softphones: registrar, idSource, log });
  const agents: Agents = new Agents({
    clock,
    personById: (personId) => findPerson(store.read, personId),
    campaignsOf: (personId) => campaigns.idsOf(personId),
    ownerOf: (personId) => campaigns.ownerOf(personId),
  });
  const notices = new WrapUpNotices(agents, clock);
  lines.on(({ personId, state }) => agents.setLine(personId, lineStateShown(state)));
  const calls = new LiveCalls({ media, clock, lineIdOf: (personId) => lines.lineId(personId) });
  const player = new Player(media, idSource);
  const prompts = new Prompts(join(resources, 'prompts'));
  const ringback = new Ringback({
    media,
    clock,
    idSource,
    lineIdOf: (personId) => lines.lineId(personId),
  });
  const shared = { store, media, trunks, agents, calls, player, prompts, clock, idSource, log };
  const recorder = new Recorder({
    ...shared,
    directory: options.recordingsDirectory,
    recover: (recordingId) => recoverOne(options, recordingId),
  });
  const directory = options.messagesDirectory;
  const messageFiles = new MessageFiles({ read: store.read, clock, directory, log });
  const attempts: Attempts = new Attempts({
    ...shared,
    writes: attemptWrites,
    ringback,
    clockSuspect,
    lines: trunks,
    stillAllowed: (reservationId) => rules.recheck(store.read, reservationId, clock.now()).allowed,
    ownMessage: (campaignId) => messageFiles.playable(campaignId),
    autoReadyAt: (campaignId) => autoReadyAt(campaigns, clock, campaignId),
  });
  const callerIds = new CallerIds({ store, rules, clock, random: systemRandom, log });
  // A trunk brings its numbers, and takes them with it.
  trunks.onChange(() => callerIds.changed([]));
  // Calls by hand too: what a number brings does not hang on who dialed.
  attempts.onChange(({ ended }) => {
    if (ended) callerIds.onResult(ended);
  });
  const lookedAhead = new LookedAhead({ read: store.read, rules, now: () => clock.now() });
  const readyLists = new ReadyLists({
    read: store.read,
    now: () => clock.now(),
    callableOf: (debtorIds) => lookedAhead.callableOf(debtorIds),
    onReady: (campaignId) => campaigns.lookAgain(campaignId),
  });
  const campaigns: Campaigns = new Campaigns({
    store,
    next: readyLists,
    attempts,
    agents,
    notices,
    idSource,
    callerIds,
    trunks: {
      usable: (trunkId) => trunks.usable(trunkId),
      callsUp: (trunkId) => trunks.callsUp(trunkId),
      maxConcurrentCalls: (trunkId) => trunks.maxConcurrentCalls(trunkId),
      onChange: (listener) => trunks.onChange(() => listener()),
    },
    clock,
    clockSuspect,
    chooseNumber: lookedAhead.choose,
    lookAhead: (debtorIds, questionOf) => lookedAhead.lookAt(debtorIds, questionOf),
    numberOrder: createNumberOrder(store.read),
    budgetsOf: (campaignId) => budgetsOf(options, campaignId),
    log,
  });
  const live = new LiveCampaigns({ read: store.read, campaigns, attempts, agents, notices, clock });
  const inbound = new InboundCalls({
    ...shared,
    identify: (trunkId, call) => identify(options, trunks, trunkId, call),
    dutiesOf: (caller) => inboundDuties(options, caller),
    onConversation: (caller, callId) => recordConversation(options, caller, callId),
  });
  return {
    trunks,
    registrar,
    agents,
    notices,
    lines,
    calls,
    inbound,
    recorder,
    attempts,
    campaigns,
    live,
    callerIds,
    readyLists,
    player,
    prompts,
    messageFiles,
  };
}

/** What rules allow of silent calls, for every campaign that dials. */
function budgetsOf({ store, rules, clock }: TelephonyOptions, campaignId: string) {
  const campaign = findBudgetCampaign(store.read, campaignId);
  if (campaign === null) return [];
  const packs = rules.packsInForce(store.read).map(({ pack }) => pack);
  return readAbandonmentBudgets(store.read, campaign, { packs, now: clock.now() });
}

/** What the media process had written of a recording when it died. */
async function recoverOne(
  options: TelephonyOptions,
  recordingId: string,
): Promise<{ durationMs: number; bytes: number } | null> {
  const row = options.store.read.get<{ fileName: string; keyHex: string }>(
    'SELECT fileName, keyHex FROM recording WHERE id = ? AND keyHex IS NOT NULL',
    recordingId,
  );
  if (!row) return null;
  return inspectRecording(options.recordingsDirectory, row.fileName, row.keyHex).catch(
    (error: unknown) => {
      options.logger.warn('recording not recovered', { error: String(error) });
      return null;
    },
  );
}

/** The trunk and the number shown for calls by hand: the first trunk that takes calls, and a number that may be shown now. */
export function manualRoute(
  { trunks, callerIds }: Pick<TelephonyParts, 'trunks' | 'callerIds'>,
  at: number,
): { trunkId: string; callerId: string } | null {
  const trunkId = trunks.firstUsable();
  const callerId = trunkId === null ? null : numberByHand(callerIds.list(), trunkId, at);
  return trunkId === null || callerId === null ? null : { trunkId, callerId };
}

function createTrunks(options: TelephonyOptions): Trunks {
  const { store, clock, logger } = options;
  return new Trunks({
    store,
    storeKind: store.meta.storeKind,
    ...trunkTestPorts({ clock, logger }),
    lastPort(trunkId) {
      const port = readSetting(store.read, `trunk-port/${trunkId}`);
      return typeof port === 'number' ? port : 0;
    },
    rememberPort(trunkId, port) {
      if (readSetting(store.read, `trunk-port/${trunkId}`) === port) return;
      store
        .write(settingWrites, 'setting.set', { id: `trunk-port/${trunkId}`, value: port })
        .catch((error: unknown) => logger.warn('trunk port not kept', { error: String(error) }));
    },
  });
}

/** How trunks, and tests of the trunk form, reach the network. */
export function trunkTestPorts({ clock, logger }: Pick<TelephonyOptions, 'clock' | 'logger'>) {
  return {
    clock,
    createEndpoint: (endpoint: SipEndpointOptions) =>
      createSipEndpoint(endpoint, { clock, random: systemRandom, logger }),
    discoverPublicAddress: (server: string) => discoverPublicAddress(parseServer(server)),
    localAddressTowards,
  };
}

function lineStateShown(state: 'down' | 'inviting' | 'connecting' | 'silent' | 'up') {
  return state === 'inviting' ? 'connecting' : state;
}

function autoReadyAt(campaigns: Campaigns, clock: Clock, campaignId: string | null): number | null {
  if (campaignId === null) return null;
  const wrapUpMs = campaigns.wrapUpMs(campaignId);
  return wrapUpMs === null ? null : clock.now() + wrapUpMs;
}

function identify(
  options: TelephonyOptions,
  trunks: Trunks,
  trunkId: string,
  call: IncomingCall,
): InboundCaller {
  const { read } = options.store;
  const country = trunks.settingsOf(trunkId)?.country ?? 'PL';
  const number = call.privacy
    ? null
    : readCallerNumber(call.assertedUser ?? call.fromUser, country);
  const [match] = number === null ? [] : findDebtorsByNumber(read, number);
  const debtor = match
    ? read.get<{ language: string }>('SELECT language FROM debtor WHERE id = ?', match.debtorId)
    : undefined;
  return {
    number,
    debtorId: match?.debtorId ?? null,
    contactPointId: match?.contactPointId ?? null,
    language: debtor?.language ?? 'en',
  };
}

/** Who calls us may be talked to; what the rules say of recording and of what is to be said holds all the same. */
function inboundDuties(
  options: TelephonyOptions,
  { debtorId, number }: InboundCaller,
): InboundDuties {
  const { rules, store, clock } = options;
  if (debtorId === null) return { recording: strictest, obligations: [] };
  const { obligations, blockedBy } = rules.decide(
    store.read,
    {
      debtorId,
      ...(number === null ? {} : { number }),
      channel: 'call',
      mode: 'manual',
      purpose: 'collection',
      target: 'debtor',
    },
    clock.now(),
  );
  // The door itself refuses before it has asked any pack: what they would say is not known.
  if (blockedBy.some(({ pack }) => pack === 'door')) return { recording: strictest, obligations };
  return { recording: { ...recordingPolicy(true, obligations), announce: true }, obligations };
}

/** Nothing known: nobody is recorded who was not told and asked. */
const strictest: RecordingPolicy = {
  wanted: true,
  announce: true,
  consent: true,
  forbidden: false,
  mandatory: false,
};

function recordConversation(
  options: TelephonyOptions,
  caller: InboundCaller,
  callId: string,
): void {
  const { store, logger } = options;
  if (caller.debtorId === null) return;
  store
    .write(
      doorWrites,
      'door.record-facts',
      {
        callId,
        debtorId: caller.debtorId,
        contactPointId: caller.contactPointId,
        number: caller.number,
        direction: 'in',
        mode: null,
        facts: ['conversation'],
      },
      { priority: 'call' },
    )
    .catch((error: unknown) => logger.error('inbound facts lost', { error: String(error) }));
}
