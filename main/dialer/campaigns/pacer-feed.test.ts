import { beforeEach, describe, expect, it } from 'vitest';
import type { AttemptStage } from '../types.ts';
import { type FedAgent, type FeedLine, PacerFeed } from './pacer-feed.ts';

let feed: PacerFeed;
let lines: FeedLine[];
let now = 0;

beforeEach(() => {
  lines = [];
  now = 1_000;
  feed = new PacerFeed(
    (line) => lines.push(line),
    () => now,
  );
});

const agent = (more: Partial<FedAgent>): FedAgent => ({
  personId: 'anna',
  workState: 'ready',
  callId: null,
  next: 'ready',
  lineUp: true,
  owned: true,
  readyAt: null,
  ...more,
});
const stage = (state: AttemptStage['state'], more: Partial<AttemptStage> = {}): AttemptStage => ({
  callId: 'call',
  campaignId: 'c',
  debtorId: 'd',
  callerId: '+48',
  withAgent: false,
  state,
  result: null,
  takenBack: false,
  ...more,
});
const short = () =>
  lines.map((line) =>
    [line.type, line.id, line.state, 'agent' in line ? line.agent : undefined]
      .filter((part) => part !== undefined)
      .join(' '),
  );

describe('the lines of a pacer', () => {
  it('a call that reaches an agent', () => {
    feed.agent(agent({}));
    feed.stage(stage('dialing'));
    feed.stage(stage('ringing'));
    feed.stage(stage('humanAnswered'));
    feed.agent(agent({ workState: 'reserved', callId: 'call' }));
    feed.agent(agent({ workState: 'talking', callId: 'call' }));
    feed.stage(stage('ended', { result: 'answered' }));
    feed.agent(agent({ workState: 'wrapUp', callId: 'call' }));
    feed.agent(agent({}));
    expect(short()).toEqual([
      'agent anna ready',
      'call call dialing',
      'call call ringing',
      'call call humanAnswered',
      'call call connected anna',
      'agent anna talking',
      'call call ended',
      'agent anna wrapUp',
      'agent anna ready',
    ]);
  });

  it.each([
    ['busy', 'busy'],
    ['noAnswer', 'noAnswer'],
    ['rejected', 'failed'],
    ['networkFailure', 'failed'],
    ['cancelled', 'cancelled'],
    ['abandoned', 'abandoned'],
  ] as const)('%s is told as %s, and every call is closed', (result, told) => {
    feed.stage(stage('dialing'));
    feed.stage(stage('ended', { result }));
    expect(short()).toEqual(['call call dialing', `call call ${told}`, 'call call ended']);
    expect(feed.isOpen('call')).toBe(false);
  });

  it('an abandoned call is told once', () => {
    feed.stage(stage('dialing'));
    feed.stage(stage('humanAnswered'));
    feed.stage(stage('abandoned'));
    feed.stage(stage('ended', { result: 'abandoned' }));
    expect(short().filter((line) => line.endsWith('abandoned'))).toHaveLength(1);
  });

  it('who talks by hand, inbound or for an offer talks without a call', () => {
    feed.agent(agent({}));
    feed.agent(agent({ workState: 'reserved', callId: 'by-hand' }));
    feed.agent(agent({ workState: 'talking', callId: 'by-hand' }));
    feed.stage(stage('dialing', { callId: 'by-hand', withAgent: true }));
    expect(short()).toEqual(['agent anna ready', 'agent anna talking']);
  });

  it('who is counted on by another campaign is away, and was never there if never seen', () => {
    feed.agent(agent({ personId: 'boris', owned: false }));
    feed.agent(agent({}));
    feed.agent(agent({ owned: false }));
    feed.agent(agent({ owned: false, workState: 'talking', callId: 'theirs' }));
    expect(short()).toEqual(['agent anna ready', 'agent anna away']);
  });

  it('who asked for a pause does not come back from this wrap-up', () => {
    feed.agent(agent({ workState: 'talking', callId: 'x' }));
    feed.agent(agent({ workState: 'wrapUp', callId: 'x', next: 'notReady' }));
    expect(short()).toEqual(['agent anna talking', 'agent anna away']);
  });

  it('a notice is told with the time that is left, and again when it changes', () => {
    feed.agent(agent({ workState: 'talking', callId: 'x' }));
    feed.agent(agent({ workState: 'wrapUp', callId: 'x' }));
    feed.agent(agent({ workState: 'wrapUp', callId: 'x', readyAt: 6_000 }));
    now = 3_000;
    feed.agent(agent({ workState: 'wrapUp', callId: 'x', readyAt: 6_000 }));
    feed.agent(agent({ workState: 'wrapUp', callId: 'x', readyAt: 13_000 }));
    expect(lines.slice(1)).toEqual([
      { type: 'agent', id: 'anna', state: 'wrapUp' },
      { type: 'agent', id: 'anna', state: 'wrapUp', readyInMs: 5_000 },
      { type: 'agent', id: 'anna', state: 'wrapUp', readyInMs: 10_000 },
    ]);
  });
});
