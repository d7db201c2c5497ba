import { expect, it } from 'vitest';
import { FakeMedia, rest } from '../../testing/dialer-rig.ts';
import { type AgentLineEvent, AgentLines, type Softphones } from './agent-lines.ts';

type Invite = Parameters<Softphones['inviteLine']>[1];

/** Softphones that a test plays: hanging up reports the end at once, as a dialog does. */
function open() {
  const media = new FakeMedia([]);
  const invites: (Invite & { hungUp: boolean })[] = [];
  const unregistered = new Set<(personId: string) => void>();
  const softphones: Softphones = {
    registered: () => true,
    inviteLine: (_personId, invite) => {
      const line = { ...invite, hungUp: false };
      invites.push(line);
      return {
        hangUp: async () => {
          if (line.hungUp) return;
          line.hungUp = true;
          invite.onEnded();
        },
      };
    },
    onRegistered: () => () => {},
    onUnregistered: (listener) => {
      unregistered.add(listener);
      return () => {};
    },
  };
  let next = 0;
  const idSource = { next: () => `line-${++next}` };
  const lines = new AgentLines({ media, softphones, idSource, log: () => {} });
  const states: AgentLineEvent['state'][] = [];
  lines.on(({ state }) => states.push(state));
  const flow = async () => {
    invites.at(-1)?.onAnswered('answer');
    const lineId = lines.lineId('anna') ?? '';
    media.emit({ type: 'lineConnected', lineId });
    media.emit({ type: 'lineFlowing', lineId, flowing: true });
    await rest();
  };
  return { media, lines, invites, unregistered, states, flow };
}

it('a line goes up when packets flow, and down with its softphone', async () => {
  const { lines, unregistered, states, flow } = open();
  expect(await lines.open('anna', 'nonce')).toBe(true);
  await flow();
  expect(lines.state('anna')).toBe('up');
  for (const listener of unregistered) listener('anna');
  await rest();
  expect(states).toEqual(['inviting', 'connecting', 'silent', 'up', 'down']);
});

it('a new media process gets a new line under the same nonce, and nobody goes down for it', async () => {
  const { media, lines, invites, states, flow } = open();
  await lines.open('anna', 'nonce');
  await flow();
  media.restart();
  await rest();
  expect(invites.map(({ nonce, hungUp }) => [nonce, hungUp])).toEqual([
    ['nonce', true],
    ['nonce', false],
  ]);
  await flow();
  expect(lines.lineId('anna')).toBe('line-2');
  expect(states).toEqual([
    'inviting',
    'connecting',
    'silent',
    'up',
    'inviting',
    'connecting',
    'silent',
    'up',
  ]);
});

it('a softphone that refuses or ends the line takes it down', async () => {
  const { lines, invites } = open();
  await lines.open('anna', 'nonce');
  invites[0]?.onFailed(486);
  expect(lines.state('anna')).toBe('down');
  await lines.open('anna', 'nonce');
  invites[1]?.onEnded();
  expect(lines.lineId('anna')).toBeNull();
});
