import '../styles/base.css';
import type { LoginCode } from '#shared/contract/index.ts';
import { AppError } from '#shared/errors/index.ts';
import { consumeLoginFragment, tabCredentialStore } from '../client/index.ts';
import { createStores, startSync } from '../stores/index.ts';
import { installTestHooks, Softphone, testHooksWanted } from '../telephony/index.ts';
import { browserClock } from './browser-clock.ts';
import { createScreenClient } from './client-adapter.ts';
import { createPreferences } from './preferences.ts';
import { render } from './render.tsx';
import { contractUrl } from './shell-bridge.ts';

interface Address {
  url: string;
  login: LoginCode | null;
}

/** In Electron the preload knows the engine; elsewhere the engine itself has served this page. */
async function findEngine(): Promise<Address> {
  const login = consumeLoginFragment(location, (url) => history.replaceState(null, '', url));
  if (!window.dialdesk) return { url: location.origin, login };
  const engine = await window.dialdesk.engine();
  return { url: engine.url, login: engine.login ?? login };
}

/** Builds everything a screen may use, draws, and connects. */
function boot(address: Address): void {
  const clock = browserClock;
  const { client, start } = createScreenClient({
    url: contractUrl(address.url),
    credentialStore: tabCredentialStore(sessionStorage),
    login: address.login,
    clock,
  });
  const stores = createStores(client, clock);
  startSync(client, stores, report);
  const preferences = createPreferences(client, stores.app, report);
  // a test measures exact levels, so nothing may be done to them
  const processing = !testHooksWanted();
  const phone = new Softphone({
    client,
    stores,
    clock,
    microphoneChoice: () => ({
      deviceId: preferences.get('microphoneId') ?? '',
      echoCancellation: preferences.get('echoCancellation') ?? processing,
      noiseSuppression: preferences.get('noiseSuppression') ?? processing,
    }),
    speakerId: () => preferences.get('speakerId') ?? '',
    ringVolume: () => preferences.get('ringVolume') ?? 0.6,
  });
  phone.start();
  installTestHooks(phone);
  const shell = window.dialdesk ?? { kind: 'browser' as const };
  render({ client, stores, preferences, phone, clock, shell });
  start();
}

/** Expected failures show on the screen (banner, toast, empty states); a bug goes to the console of the window. */
function report(error: unknown): void {
  if (!(error instanceof AppError)) throw error;
}

void findEngine().then(boot);
