import '../styles/base.css';
import type { Role } from '#shared/domain/index.ts';
import { AppError } from '#shared/errors/index.ts';
import { createPreferences } from '../app/preferences.ts';
import { render } from '../app/render.tsx';
import { createStores, startSync } from '../stores/index.ts';
import { connectedAs, FakeClient, fixtureAnswers } from './fake-client.ts';
import { FakePhone } from './fake-phone.ts';
import { aPrincipal, fixedNow } from './fixtures.ts';
import { applyScenario } from './scenarios.ts';

/*
 * The screens without an engine: dev.html?scenario=talking&theme=dark&language=pl&role=agent#/workspace
 * The clock stands still, so that two pictures of one screen are equal.
 */
const options = new URLSearchParams(location.search);
const role = (options.get('role') ?? 'agent') as Role;
for (const name of ['theme', 'language'] as const) {
  localStorage.setItem(
    `dialdesk.${name}`,
    JSON.stringify(options.get(name) ?? (name === 'theme' ? 'light' : 'en')),
  );
}
localStorage.setItem('dialdesk.navigationExpanded', JSON.stringify(options.get('nav') === 'open'));

const clock = {
  now: () => fixedNow,
  monotonic: () => performance.now(),
  setTimer: (delayMs: number, callback: () => void) => {
    const id = setTimeout(callback, delayMs);
    return () => clearTimeout(id);
  },
};
const client = new FakeClient(fixtureAnswers(), { kind: 'connecting', since: fixedNow });
const stores = createStores(client, clock);
const phone = new FakePhone();
const report = (error: unknown): void => {
  // an unanswered command is a screen whose answers nobody has written yet
  if (!(error instanceof AppError)) throw error;
};
startSync(client, stores, report);
const preferences = createPreferences(client, stores.app, report);
render({ client, stores, preferences, phone, clock, shell: { kind: 'browser' } });
client.setConnection(connectedAs(aPrincipal({ role })));
// what the screens have asked for, for tests of their behaviour
Object.assign(globalThis, { dialdeskSent: client.sent });
applyScenario(options.get('scenario') ?? 'ready', { client, phone });
