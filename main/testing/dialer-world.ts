import type { CampaignSettings } from '#shared/contract/index.ts';
import { Campaigns, type CampaignsOptions } from '../dialer/campaigns/index.ts';
import { type DialerRig, type FakeCall, FINAL } from './dialer-rig.ts';

/** How the far ends and the agents of a played world behave; times in ms. */
export interface WorldHabits {
  agents: number;
  /** channels of the trunk */
  lines: number;
  /** what comes of a call; `afterMs` from when it rings */
  outcome(): { kind: 'human' | 'failed' | 'unanswered'; afterMs: number };
  talkMs(): number;
  wrapUpMs(): number;
  /** the clock moves in such steps */
  stepMs?: number;
}

export interface World {
  campaigns: Campaigns;
  /** plays on; nothing sleeps */
  play(ms: number): Promise<void>;
  /** lets what is under way come to rest, without time passing */
  settle(): Promise<void>;
  seen: {
    mostLines: number;
    /** debtors who were on two lines at once */
    twoLines: string[];
    talkMs: number;
    answered: number;
    silent: number;
    dials: number;
  };
  linesUp(): number;
}

const STEP_MS = 100;
const QUIET_TURNS = 8;
const MESSAGE_MS = 4_000;

/** Sets how the rig's campaign dials. */
export function setSettings(rig: DialerRig, settings: Partial<CampaignSettings>): void {
  rig.store.runNow((db) => {
    const row = db.get<{ settingsJson: string }>(
      'SELECT settingsJson FROM campaign WHERE id = ?',
      rig.campaignId,
    );
    const merged = { ...JSON.parse(row?.settingsJson ?? '{}'), ...settings };
    db.update('campaign', rig.campaignId, { settingsJson: JSON.stringify(merged) });
  });
}

/** The rig's campaigns over a trunk of so many channels. */
export function campaignsOver(
  rig: DialerRig,
  lines: number,
  more: Partial<CampaignsOptions> = {},
): Campaigns {
  rig.trunks.lines = lines;
  return new Campaigns({
    store: rig.journaled,
    attempts: rig.attempts,
    agents: rig.agents,
    idSource: rig.idSource,
    trunks: {
      usable: () => ({ ok: true }),
      callsUp: () => upCalls(rig).length,
      maxConcurrentCalls: () => lines,
      onChange: () => () => {},
    },
    clock: rig.clock,
    clockSuspect: () => false,
    log: (message) => rig.logged.push(message),
    ...more,
  });
}

const over = new WeakSet<FakeCall>();
const upCalls = (rig: DialerRig) =>
  rig.trunks.calls.filter((call) => !over.has(call) && call.hungUp === 0);

/** A dialer whose far ends and agents live by themselves as the rig's clock moves. */
export function playWorld(rig: DialerRig, campaigns: Campaigns, habits: WorldHabits): World {
  const seen = {
    mostLines: 0,
    twoLines: [] as string[],
    talkMs: 0,
    answered: 0,
    silent: 0,
    dials: 0,
  };
  const live = new Set<FakeCall>();
  let known = 0;
  let plays = 0;
  rig.agents.on((event) => {
    if (event.type !== 'changed') return;
    const { personId, workState, callId } = event.status;
    if (workState === 'talking' && callId !== null) talk(personId, callId);
  });
  const talking = new Set<string>();
  function talk(personId: string, callId: string): void {
    if (talking.has(callId)) return;
    talking.add(callId);
    const talkMs = habits.talkMs();
    const from = rig.clock.now();
    rig.clock.setTimer(talkMs, () => {
      seen.talkMs += rig.clock.now() - from;
      void rig.calls.find(callId)?.leg.hangUp();
      rig.clock.setTimer(habits.wrapUpMs(), () => {
        const state = rig.agents.state(personId);
        if (state.kind === 'wrapUp')
          rig.agents.apply(personId, { type: 'disposed', callId: state.callId, next: 'ready' });
      });
    });
  }
  function farEnd(call: FakeCall): void {
    seen.dials += 1;
    live.add(call);
    const { kind, afterMs } = habits.outcome();
    call.ring();
    rig.clock.setTimer(afterMs, () => {
      if (call.hungUp > 0) return;
      if (kind === 'human') {
        seen.answered += 1;
        void call.answer();
        return;
      }
      over.add(call);
      call.fail(FINAL(kind === 'failed' ? 404 : 480));
    });
  }
  function look(): void {
    for (; known < rig.trunks.calls.length && rig.trunks.calls[known]?.sent; known += 1) {
      const call = rig.trunks.calls[known];
      if (call) farEnd(call);
    }
    const messages = rig.media.requests.filter(({ name }) => name === 'play');
    for (; plays < messages.length; plays += 1) {
      const playId = String(messages[plays]?.input.playId);
      seen.silent += 1;
      rig.clock.setTimer(MESSAGE_MS, () => rig.media.emit({ type: 'playEnded', playId }));
    }
    for (const call of live) if (over.has(call) || call.hungUp > 0) live.delete(call);
    const numbers = [...live].map(({ request }) => request.toNumber);
    seen.mostLines = Math.max(seen.mostLines, numbers.length);
    for (const number of numbers)
      if (numbers.indexOf(number) !== numbers.lastIndexOf(number)) seen.twoLines.push(number);
  }
  async function settle(): Promise<void> {
    let quiet = 0;
    let before = -1;
    while (quiet < QUIET_TURNS) {
      await new Promise((resolve) => setImmediate(resolve));
      look();
      const now = rig.journal.length;
      quiet = now === before ? quiet + 1 : 0;
      before = now;
    }
  }
  for (let index = 0; index < habits.agents; index += 1) rig.ready(`agent-${index + 1}`);
  return {
    campaigns,
    seen,
    settle,
    linesUp: () => live.size,
    async play(ms) {
      const { stepMs = STEP_MS } = habits;
      for (let played = 0; played < ms; played += stepMs) {
        rig.clock.advance(stepMs);
        await settle();
      }
    },
  };
}

/** mulberry32: the same seed, the same world */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** @param spread of the logarithm */
export function logNormalMs(random: () => number, meanMs: number, spread: number): number {
  const gauss = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return meanMs * Math.exp(spread * gauss - (spread * spread) / 2);
}
