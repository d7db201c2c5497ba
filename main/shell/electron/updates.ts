import type { UpdatesPort } from '../ports.ts';

/** Where new versions would come from. Without any one of these, updates stay off. */
export interface UpdateSource {
  /** address of the manifest */
  url: string;
  /** the name on the installer's certificate */
  publisherName: string;
  /** public half of the Ed25519 key that signs the manifest */
  manifestKey: string;
}

/** Updates are looked for only where HTTPS, a publisher and a manifest signed by our key are given; else it is said which is missing. */
export function updatesFrom(source: UpdateSource | null): UpdatesPort {
  return { capability: capabilityOf(source) };
}

function capabilityOf(source: UpdateSource | null): UpdatesPort['capability'] {
  if (source === null) return { kind: 'off', reason: 'no-source' };
  if (!source.url.startsWith('https://')) return { kind: 'off', reason: 'not-https' };
  if (source.publisherName === '') return { kind: 'off', reason: 'no-publisher' };
  if (source.manifestKey === '') return { kind: 'off', reason: 'not-signed' };
  return { kind: 'ready' };
}
