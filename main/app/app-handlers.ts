import type { AppState } from '#shared/contract/index.ts';
import type { StoreKind } from '#shared/domain/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { ContactRules } from '../contact-rules/index.ts';
import type { Handlers, Publisher } from '../contract-server/index.ts';
import type { OpenStore } from '../store/index.ts';
import { readSettings, settingWrites } from './setting-writes.ts';
import { doorWrites } from './writes.ts';

export interface AppHandlersOptions {
  store: OpenStore;
  rules: ContactRules;
  publisher: Publisher;
  version: string;
  startedAt: number;
  practiceCarrier(): AppState['practiceCarrier'];
  /** restarts the engine on the other store; null where no shell is there to do it */
  openStore: ((storeKind: StoreKind) => Promise<void>) | null;
  doctor: NonNullable<Handlers['app.doctor']>;
}

/** Commands of `app.*`. */
export function createAppHandlers(options: AppHandlersOptions): Handlers {
  const { store, rules, publisher } = options;
  const state = (): AppState => appState(options);
  return {
    'app.snapshot': state,
    'app.confirm-clock': async () => {
      rules.clockGuard.confirm();
      await store.write(doorWrites, 'door.confirm-clock', null);
      publisher.publish('app.changed', state(), { kind: 'everyone' });
      return state();
    },
    'app.doctor': options.doctor,
    'app.open-store': async (input) => {
      if (input.storeKind === store.meta.storeKind) return { restarting: false };
      if (options.openStore === null)
        throw new AppError('app.store-switch-unavailable', 'start the engine on the other store');
      await options.openStore(input.storeKind);
      return { restarting: true };
    },
    'app.get-preferences': (_input, { principal }) => ({
      preferences: readSettings(store.read, `person/${principal.personId}/`),
    }),
    'app.set-preference': async (input, { principal }) => {
      await store.write(settingWrites, 'setting.set', {
        id: `person/${principal.personId}/${input.key}`,
        value: input.value,
      });
      return {};
    },
  };
}

function appState(options: AppHandlersOptions): AppState {
  const { store, rules } = options;
  return {
    version: options.version,
    storeKind: store.meta.storeKind,
    startedAt: options.startedAt,
    clockSuspect: !rules.checkClock(store.read),
    rules: rules.rulesInForce(),
    practiceCarrier: options.practiceCarrier(),
    synthetic: store.meta.storeKind === 'practice',
  };
}
