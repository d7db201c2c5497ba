import { describe, expect, it } from 'vitest';
import type { Clock } from '#shared/util/index.ts';
import { connectedAs, FakeClient, fixtureAnswers } from '../testing/fake-client.ts';
import { aCall, aCard, anAgentStatus, anAppState, anId, aPrincipal } from '../testing/fixtures.ts';
import { anOffer } from '../testing/live-fixtures.ts';
import { createStores } from './stores.ts';
import { startSync } from './sync.ts';

/** runs timers only when told */
function manualClock(): Clock & { fire(): void } {
  let timers: (() => void)[] = [];
  return {
    now: () => 0,
    monotonic: () => 0,
    setTimer(_delayMs, callback) {
      timers.push(callback);
      return () => {
        timers = timers.filter((timer) => timer !== callback);
      };
    },
    fire() {
      for (const timer of timers.splice(0)) timer();
    },
  };
}

function setUp() {
  const client = new FakeClient(fixtureAnswers(), { kind: 'connecting', since: 0 });
  const clock = manualClock();
  const stores = createStores(client, clock);
  const errors: unknown[] = [];
  startSync(client, stores, (error) => errors.push(error));
  const settle = () => new Promise((resolve) => setImmediateLike(resolve));
  return { client, clock, stores, errors, settle };
}

/** after all replies that are already decided */
function setImmediateLike(callback: (value: unknown) => void): void {
  const channel = new MessageChannel();
  channel.port1.onmessage = () => {
    channel.port1.close();
    callback(undefined);
  };
  channel.port2.postMessage(null);
}

describe('the stores', () => {
  it('hold the offer of the person at this window, and of nobody else', async () => {
    const { client, stores, settle } = setUp();
    client.answers['preview.current'] = () => ({ offer: anOffer() });
    client.setConnection(connectedAs(aPrincipal()));
    await settle();
    expect(stores.agent.getState().offer?.entryId).toBe(anOffer().entryId);
    client.emit('preview.changed', { personId: anId(2), offer: null });
    expect(stores.agent.getState().offer).not.toBeNull();
    client.emit('preview.changed', { personId: anId(1), offer: null });
    expect(stores.agent.getState().offer).toBeNull();
  });

  it('are filled by snapshots after the login', async () => {
    const { client, stores, settle, errors } = setUp();
    client.answers['call.current'] = () => ({ call: aCall(), card: aCard() });
    client.setConnection(connectedAs(aPrincipal()));
    await settle();
    expect(errors).toEqual([]);
    expect(stores.connection.getState().principal?.displayName).toBe('Marta Zielińska');
    expect(stores.app.getState().app?.storeKind).toBe('practice');
    expect(stores.agent.getState().own?.personId).toBe(anId(1));
    expect(stores.call.getState().current?.callId).toBe(anId(100));
    expect(stores.call.getState().dispositions).toHaveLength(10);
    expect(Object.keys(stores.campaigns.getState().byId)).toHaveLength(2);
  });

  it('follow events', async () => {
    const { client, stores, settle } = setUp();
    client.setConnection(connectedAs(aPrincipal()));
    await settle();
    client.emit('app.changed', anAppState({ clockSuspect: true }));
    client.emit('agent.changed', anAgentStatus({ workState: 'ready' }));
    client.emit('agent.changed', anAgentStatus({ personId: anId(2), workState: 'talking' }));
    client.emit('call.connected', { call: aCall(), card: aCard() });
    expect(stores.app.getState().app?.clockSuspect).toBe(true);
    expect(stores.agent.getState().own?.workState).toBe('ready');
    expect(stores.agent.getState().everyone[anId(2)]?.workState).toBe('talking');
    expect(stores.call.getState().card?.displayName).toBe('Anna Kowalczyk-Wójcik');
  });

  it('keep the person and the screen while the engine is away, and refill when it is back', async () => {
    const { client, stores, settle } = setUp();
    client.setConnection(connectedAs(aPrincipal()));
    await settle();
    client.setConnection({ kind: 'lost', since: 5 });
    expect(stores.connection.getState()).toMatchObject({
      state: { kind: 'lost' },
      principal: { personId: anId(1) },
    });
    client.answers['call.current'] = () => ({ call: aCall({ state: 'ended' }), card: aCard() });
    client.setConnection(connectedAs(aPrincipal(), 'epoch-2'));
    await settle();
    expect(stores.call.getState().current?.state).toBe('ended');
  });

  it('forget the person when the engine refuses', () => {
    const { client, stores } = setUp();
    client.setConnection(connectedAs(aPrincipal()));
    client.setConnection({ kind: 'refused', since: 5, code: 'access.bad-credential' });
    expect(stores.connection.getState().principal).toBeNull();
  });

  it('do not wait for an outcome that the engine does not want, whichever news comes first', async () => {
    const { client, stores, settle } = setUp();
    client.setConnection(connectedAs(aPrincipal()));
    await settle();
    const dialed = aCall({ state: 'ringing', mode: 'manual', joinedAt: null });
    client.emit('call.changed', { call: dialed });
    client.emit('agent.changed', anAgentStatus({ workState: 'ready', callId: null }));
    client.emit('call.ended', { call: { ...dialed, state: 'ended', attemptResult: 'noAnswer' } });
    expect(stores.call.getState().current).toBeNull();

    client.emit('call.connected', { call: aCall(), card: aCard() });
    client.emit('agent.changed', anAgentStatus({ workState: 'talking', callId: anId(100) }));
    client.emit('call.ended', { call: aCall({ state: 'ended' }) });
    client.emit('agent.changed', anAgentStatus({ workState: 'wrapUp', callId: anId(100) }));
    expect(stores.call.getState().current?.state).toBe('ended');
  });

  it('fetch the card of a call that the agent dialed by hand', async () => {
    const { client, stores, settle } = setUp();
    client.setConnection(connectedAs(aPrincipal()));
    await settle();
    client.emit('call.changed', { call: aCall({ state: 'dialing', mode: 'manual' }) });
    await settle();
    expect(stores.call.getState().card?.debtorId).toBe(anId(10));
  });

  it('fetch the card anew when its call has ended, so that the history does not say that it goes on', async () => {
    const { client, stores, settle } = setUp();
    client.answers['call.current'] = () => ({ call: aCall(), card: aCard() });
    client.setConnection(connectedAs(aPrincipal()));
    await settle();
    client.answers['debtor.card'] = () => aCard({ historyTotal: 99 });
    client.emit('agent.changed', anAgentStatus({ workState: 'wrapUp', callId: anId(100) }));
    client.emit('call.ended', { call: aCall({ state: 'ended' }) });
    await settle();
    expect(stores.call.getState().card?.historyTotal).toBe(99);
  });

  it('fetch the call whose outcome is still open when wrap-up comes back after a restart', async () => {
    const { client, stores, settle } = setUp();
    client.setConnection(connectedAs(aPrincipal()));
    await settle();
    client.answers['call.current'] = () => ({ call: aCall({ state: 'ended' }), card: aCard() });
    client.emit('agent.changed', anAgentStatus({ workState: 'wrapUp', callId: anId(100) }));
    await settle();
    expect(stores.call.getState().current?.callId).toBe(anId(100));
    expect(stores.call.getState().card?.debtorId).toBe(anId(10));
  });

  it('count the day anew after an outcome', async () => {
    const { client, stores, settle } = setUp();
    client.setConnection(connectedAs(aPrincipal()));
    await settle();
    const today = await client.send('agent.today', {});
    client.answers['agent.today'] = () => ({ ...today, promises: today.promises + 1 });
    client.emit('agent.changed', anAgentStatus({ workState: 'wrapUp' }));
    client.emit('agent.changed', anAgentStatus({ workState: 'ready' }));
    await settle();
    expect(stores.agent.getState().today?.promises).toBe(today.promises + 1);
  });

  it('tell what could not be fetched, and keep the rest', async () => {
    const { client, stores, settle, errors } = setUp();
    delete client.answers['campaign.list'];
    client.setConnection(connectedAs(aPrincipal()));
    await settle();
    expect(errors).toHaveLength(1);
    expect(stores.app.getState().app).not.toBeNull();
  });
});

describe('drafts', () => {
  it('are kept by the engine a moment after typing, and come back', async () => {
    const { client, clock, stores, settle } = setUp();
    client.setConnection(connectedAs(aPrincipal()));
    await settle();
    stores.drafts.change('d1', { note: 'half a sen' });
    stores.drafts.change('d1', { note: 'half a sentence' });
    clock.fire();
    const saved = client.sent.filter(({ name }) => name === 'app.set-preference');
    expect(saved).toEqual([
      {
        name: 'app.set-preference',
        input: { key: 'draft.d1', value: expect.objectContaining({ note: 'half a sentence' }) },
      },
    ]);
    const fresh = createStores(client, clock);
    fresh.drafts.restore({ 'draft.d1': { note: 'half a sentence' }, theme: 'dark' });
    expect(fresh.drafts.get('d1').note).toBe('half a sentence');
  });

  it('survive an engine that is away, and are saved when it is back', async () => {
    const { client, clock, stores, settle } = setUp();
    client.setConnection(connectedAs(aPrincipal()));
    await settle();
    client.setConnection({ kind: 'lost', since: 1 });
    stores.drafts.change('d1', { note: 'typed while away' });
    clock.fire();
    await settle();
    expect(stores.drafts.get('d1').note).toBe('typed while away');
    client.setConnection(connectedAs(aPrincipal(), 'epoch-2'));
    await settle();
    clock.fire();
    await settle();
    expect((await client.send('app.get-preferences', {})).preferences['draft.d1']).toMatchObject({
      note: 'typed while away',
    });
  });

  it('do not come back after they were saved with an outcome', async () => {
    const { client, clock, stores, settle } = setUp();
    client.setConnection(connectedAs(aPrincipal()));
    await settle();
    stores.drafts.change('d1', { note: 'x' });
    clock.fire();
    stores.drafts.discard('d1');
    stores.drafts.restore({ 'draft.d1': { note: 'x' } });
    expect(stores.drafts.get('d1').note).toBe('');
  });

  it('vanish when they are emptied by hand', () => {
    const { stores } = setUp();
    stores.drafts.change('d1', { note: 'x' });
    stores.drafts.change('d1', { note: ' ' });
    expect(stores.drafts.store.getState().byKey).toEqual({});
  });
});
