import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createContentChecker, loadContentWords } from '../content/index.ts';
import { createReplyReader, loadReplyWords } from '../opt-out/index.ts';
import { FirmRig } from '../own-packs/firm-rules.fixture.ts';
import { createTextHandlers } from './text-handlers.ts';

const resources = join(import.meta.dirname, '../../../resources');
const checkContent = createContentChecker(loadContentWords(join(resources, 'content')));
const readReply = createReplyReader(loadReplyWords(join(resources, 'opt-out')));

let rig: FirmRig;
beforeEach(() => {
  rig = new FirmRig();
});
afterEach(() => rig.close());

const handlers = () => {
  const clock = { now: () => rig.now, monotonic: () => 0, setTimer: () => () => {} };
  return createTextHandlers({
    ...{ store: rig.store, rules: rig.rules },
    clock,
    checkContent,
    readReply,
  });
};
const packsIn = async (about: object) => {
  const answer = await handlers()['rules.check-content']?.(
    { text: 'Hello.', language: 'en', channel: 'sms', when: 'first', ...about } as never,
    {} as never,
  );
  return [...new Set(answer?.problems.map(({ pack }) => pack))];
};

describe('the check of a text', () => {
  it('is by the packs of the places that are named', async () => {
    expect(await packsIn({ jurisdictions: ['US'] })).toContain('us-federal');
    expect(await packsIn({ jurisdictions: ['PL'] })).not.toContain('us-federal');
  });

  it('is by the packs of where a debtor lives and has numbers', async () => {
    const place = { jurisdiction: 'PL', zone: 'Europe/Warsaw' };
    const here = rig.addDebtor({ ...place, number: '+48601234567' });
    const there = rig.addDebtor({ ...place, number: '+12125550123' });
    expect(await packsIn({ debtorId: here })).not.toContain('us-federal');
    expect(await packsIn({ debtorId: there })).toContain('us-federal');
  });

  it('knows what the firm itself asks for', async () => {
    const rule = {
      ...{ id: 'OWN-1', kind: 'content', basis: 'policy', source: 'house rule', channels: ['sms'] },
      ...{ severity: 'deny', when: 'every', mustInclude: ['complaintPath'] },
    };
    const { packId } = await rig.publish('Words', { rules: [rule] });
    expect(await packsIn({ jurisdictions: ['PL'] })).toContain(packId);
  });

  it('of a debtor who is not there is refused', () => {
    const debtorId = '01a00000-0000-7000-8000-00000000dead';
    expect(() =>
      handlers()['rules.check-content']?.({ debtorId, text: '' } as never, {} as never),
    ).toThrow('no such debtor');
  });
});

it('a reply is read for a wish not to be contacted', async () => {
  const read = async (text: string) =>
    handlers()['rules.read-reply']?.({ text, channel: 'sms' } as never, {} as never);
  expect(await read('STOP')).toMatchObject({ verdict: 'optOut' });
  expect(await read('I will pay on Friday')).toMatchObject({ verdict: 'none', scope: null });
});
