import type { AdapterParts } from '../../types.ts';
import type { LinkState } from './link-state.ts';

type Reported = Parameters<AdapterParts['onState']>[0];

/** How the gateway is, by its links: as well as the worst of them. */
export function gatewayStateOf(links: readonly LinkState[], isLimited: boolean): Reported {
  for (const link of links) {
    if (link.kind === 'waiting') return { kind: 'failing', ...link.problem };
  }
  if (links.every(({ kind }) => kind === 'bound')) {
    return isLimited
      ? { kind: 'limited', code: 'gateway.throttled', detail: null }
      : { kind: 'ready', code: null, detail: null };
  }
  const isOff = links.every(({ kind }) => kind === 'off' || kind === 'unbinding');
  return { kind: isOff ? 'off' : 'connecting', code: null, detail: null };
}
