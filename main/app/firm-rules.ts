import { join } from 'node:path';
import {
  createContentChecker,
  createFirmRuleHandlers,
  createReplyReader,
  createTextHandlers,
  loadCalendars,
  loadContentWords,
  loadReplyWords,
} from '../contact-rules/index.ts';
import type { ContractServer } from '../contract-server/index.ts';
import type { EngineCore } from './engine-core.ts';

/** Commands of the firm's own packs, of reviews, of settings of the rules, and of what texts say. */
export function registerFirmRules(server: ContractServer, core: EngineCore): void {
  const { store, clock, rules } = core;
  const tables = loadCalendars(join(core.resources, 'calendars'));
  server.register(
    createFirmRuleHandlers({
      store,
      storeKind: store.meta.storeKind,
      clock,
      publisher: server,
      shipped: rules.shippedPacks,
      decideAsIf: (read, requests, at, firm) => rules.decideMany(read, requests, at, firm),
      checks: { calendars: new Set(tables.map(({ id }) => id)) },
    }),
  );
  server.register(
    createTextHandlers({
      store,
      rules,
      clock,
      checkContent: createContentChecker(loadContentWords(join(core.resources, 'content'))),
      readReply: createReplyReader(loadReplyWords(join(core.resources, 'opt-out'))),
    }),
  );
}
