import { afterEach, describe, expect, it } from 'vitest';
import type { CommandInput, CommandName, Principal } from '#shared/contract/index.ts';
import { AppError, type Result } from '#shared/errors/index.ts';
import type { Handlers, Publisher } from '../contract-server/index.ts';

/** A client of either transport, as far as the suite needs it. */
export interface SuiteClient {
  principal: Principal;
  send(
    name: CommandName,
    input: unknown,
    options?: { commandId?: string },
  ): Promise<Result<unknown>>;
  /** events so far, in order */
  events: { epoch: string; seq: number; name: string; data: unknown }[];
  /** resolves when so many events have come */
  received(count: number): Promise<void>;
}

export interface SuiteEngine {
  publisher: Publisher;
  epoch: string;
  connect(role: 'agent' | 'lead'): Promise<SuiteClient>;
  close(): Promise<void>;
}

/** Handlers that show how the server treats what handlers do. */
export function suiteHandlers(): { handlers: Handlers; runs: () => number; release(): void } {
  let runs = 0;
  let release = () => {};
  const gate = new Promise<void>((resolve) => {
    release = resolve;
  });
  const handlers: Handlers = {
    'app.get-preferences': (_input, context) => ({
      preferences: { role: context.principal.role },
    }),
    'app.set-preference': async ({ key }) => {
      runs += 1;
      if (key === 'wait') await gate;
      if (key === 'expected')
        throw new AppError('app.expected', 'as expected', { details: { key } });
      if (key === 'bug') throw new Error('secret text of a bug');
      return {};
    },
    'app.doctor': () => ({ steps: 'no list' }) as never,
  };
  return { handlers, runs: () => runs, release: () => release() };
}

const commandId = '7c9e6679-7425-40de-944b-e07fc1f90ae7';
const setPreference = (key: string): CommandInput<'app.set-preference'> => ({ key, value: 1 });

/** What holds over every transport of the contract. */
export function contractSuite(
  transport: string,
  open: (handlers: Handlers) => Promise<SuiteEngine>,
): void {
  describe(`contract ${transport}`, () => {
    let engine: SuiteEngine | null = null;
    afterEach(async () => {
      await engine?.close();
      engine = null;
    });
    const start = async () => {
      const suite = suiteHandlers();
      engine = await open(suite.handlers);
      return { ...suite, engine };
    };

    it('answers a command with its value', async () => {
      const { engine } = await start();
      const client = await engine.connect('agent');
      const result = await client.send('app.get-preferences', {});
      expect(result).toEqual({ ok: true, value: { preferences: { role: 'agent' } } });
    });

    it('answers an unknown command and a command without handler with an error', async () => {
      const { engine } = await start();
      const client = await engine.connect('lead');
      expect(await client.send('app.no-such' as CommandName, {})).toMatchObject({
        ok: false,
        error: { code: 'contract.unknown-command' },
      });
      expect(await client.send('toString' as CommandName, {})).toMatchObject({
        ok: false,
        error: { code: 'contract.unknown-command' },
      });
    });

    it('refuses unknown keys of an input and says where, without the value', async () => {
      const { engine } = await start();
      const client = await engine.connect('agent');
      const result = await client.send('app.get-preferences', { number: '+48600100200' });
      expect(result).toMatchObject({ ok: false, error: { code: 'contract.bad-input' } });
      expect(JSON.stringify(result)).not.toContain('+48600100200');
    });

    it('refuses a role that the command does not declare', async () => {
      const { engine } = await start();
      const client = await engine.connect('agent');
      const result = await client.send('app.doctor', {});
      expect(result).toMatchObject({ ok: false, error: { code: 'access.refused' } });
    });

    it('passes the code of an expected failure on and hides a bug behind an id', async () => {
      const { engine } = await start();
      const client = await engine.connect('agent');
      expect(await client.send('app.set-preference', setPreference('expected'))).toMatchObject({
        ok: false,
        error: { code: 'app.expected', details: { key: 'expected' } },
      });
      const bug = await client.send('app.set-preference', setPreference('bug'));
      expect(bug).toMatchObject({
        ok: false,
        error: { code: 'internal', details: { id: expect.any(String) } },
      });
      expect(JSON.stringify(bug)).not.toContain('secret text');
    });

    it('answers a value that does not fit the contract as a bug', async () => {
      const { engine } = await start();
      const client = await engine.connect('lead');
      expect(await client.send('app.doctor', {})).toMatchObject({
        ok: false,
        error: { code: 'internal' },
      });
    });

    it('runs a repeated command once, also while the first is still running', async () => {
      const { engine, runs, release } = await start();
      const client = await engine.connect('agent');
      const first = client.send('app.set-preference', setPreference('wait'), { commandId });
      const second = client.send('app.set-preference', setPreference('wait'), { commandId });
      release();
      expect(await first).toEqual({ ok: true, value: {} });
      expect(await second).toEqual({ ok: true, value: {} });
      await client.send('app.set-preference', setPreference('wait'), { commandId });
      expect(runs()).toBe(1);
    });

    it('refuses one commandId for two different commands', async () => {
      const { engine } = await start();
      const client = await engine.connect('agent');
      await client.send('app.set-preference', setPreference('a'), { commandId });
      const other = await client.send('app.set-preference', setPreference('b'), { commandId });
      expect(other).toMatchObject({ ok: false, error: { code: 'contract.bad-input' } });
    });

    it('answers a quick command while a slow one runs', async () => {
      const { engine, release } = await start();
      const client = await engine.connect('agent');
      const slow = client.send('app.set-preference', setPreference('wait'));
      expect(await client.send('app.get-preferences', {})).toMatchObject({ ok: true });
      release();
      expect(await slow).toMatchObject({ ok: true });
    });

    it('gives each connection the events of its audience, numbered without gaps', async () => {
      const { engine } = await start();
      const agent = await engine.connect('agent');
      const lead = await engine.connect('lead');
      const person = (name: string) => ({
        personId: agent.principal.personId,
        displayName: name,
        role: 'agent' as const,
        active: true,
        sipUser: 'p1',
      });
      const { publisher } = engine;
      publisher.publish('access.person-changed', person('all'), { kind: 'everyone' });
      publisher.publish('access.person-changed', person('leads'), {
        kind: 'roles',
        roles: ['lead'],
      });
      publisher.publish('access.person-changed', person('one'), {
        kind: 'person',
        personId: agent.principal.personId,
      });
      await Promise.all([agent.received(2), lead.received(2)]);
      const seen = (client: SuiteClient) =>
        client.events.map(({ seq, data }) => [seq, (data as { displayName: string }).displayName]);
      expect(seen(agent)).toEqual([
        [1, 'all'],
        [2, 'one'],
      ]);
      expect(seen(lead)).toEqual([
        [1, 'all'],
        [2, 'leads'],
      ]);
      expect(agent.events[0]?.epoch).toBe(engine.epoch);
    });

    it('leaves out an event that does not fit the contract', async () => {
      const { engine } = await start();
      const client = await engine.connect('agent');
      const person = { personId: client.principal.personId, displayName: 'x', sipUser: 'p' };
      engine.publisher.publish('access.person-changed', person as never, { kind: 'everyone' });
      const good = { ...person, role: 'agent' as const, active: true };
      engine.publisher.publish('access.person-changed', good, { kind: 'everyone' });
      await client.received(1);
      expect(client.events.map((event) => [event.seq, event.data])).toEqual([[1, good]]);
    });
  });
}
