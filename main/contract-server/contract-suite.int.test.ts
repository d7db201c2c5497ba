import { createContractClient, memoryCredentialStore } from '../../renderer/client/index.ts';
import { openContractFixture } from '../testing/contract-fixture.ts';
import { contractSuite, type SuiteClient, type SuiteEngine } from '../testing/contract-suite.ts';
import type { Handlers } from './index.ts';

/** Collects events and lets a test wait for the n-th. */
function eventLog() {
  const events: SuiteClient['events'] = [];
  const waiting: { count: number; resolve: () => void }[] = [];
  return {
    events,
    add(event: SuiteClient['events'][number]) {
      events.push(event);
      for (const { count, resolve } of waiting) if (events.length >= count) resolve();
    },
    received: (count: number) =>
      events.length >= count
        ? Promise.resolve()
        : new Promise<void>((resolve) => waiting.push({ count, resolve })),
  };
}

async function open(handlers: Handlers) {
  const fixture = await openContractFixture();
  fixture.server.register(handlers);
  return fixture;
}

contractSuite('in memory', async (handlers): Promise<SuiteEngine> => {
  const fixture = await open(handlers);
  return {
    publisher: fixture.server,
    epoch: fixture.server.epoch,
    async connect(role) {
      const { personId } = await fixture.personWithCode(role);
      const principal = { personId, displayName: `A ${role}`, role };
      const client = fixture.server.connectInMemory(principal);
      const log = eventLog();
      client.onEvent(log.add);
      const send = client.send as SuiteClient['send'];
      return { principal, send, events: log.events, received: log.received };
    },
    close: fixture.close,
  };
});

contractSuite('over WebSocket', async (handlers): Promise<SuiteEngine> => {
  const fixture = await open(handlers);
  const clients: { stop(): void }[] = [];
  return {
    publisher: fixture.server,
    epoch: fixture.server.epoch,
    async connect(role) {
      const login = await fixture.personWithCode(role);
      const log = eventLog();
      let onReady = () => {};
      const ready = new Promise<void>((resolve) => {
        onReady = resolve;
      });
      const client = createContractClient({
        url: fixture.address.contractUrl,
        credentialStore: memoryCredentialStore(),
        login: { keyId: login.keyId, code: login.code },
        onEvent: log.add,
        onResync: onReady,
      });
      clients.push(client);
      client.start();
      await ready;
      if (!client.engine) throw new Error('ready without a welcome');
      const { principal } = client.engine;
      const send = client.send as SuiteClient['send'];
      return { principal, send, events: log.events, received: log.received };
    },
    async close() {
      for (const client of clients) client.stop();
      await fixture.close();
    },
  };
});
