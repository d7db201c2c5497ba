import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { manualClock } from '../../../testing/contract-clock.ts';
import { adapterRig, aMessage, httpKinds } from './testing/adapter-rig.fixture.ts';

interface Exchange {
  name: string;
  /** where the shape is known from; see README.md */
  known: 'documented' | 'memory';
  request: { path: string; body?: unknown; form?: Record<string, string> };
  response: { status: number; body: unknown };
  handOver: Record<string, unknown>;
}

const recorded = (kind: string) =>
  JSON.parse(readFileSync(join(import.meta.dirname, 'recorded', `${kind}.json`), 'utf8')) as {
    source: string;
    exchanges: Exchange[];
  };

describe.each(httpKinds)('%s, as recorded', (kind) => {
  it.each(recorded(kind).exchanges.map((exchange) => [exchange.name, exchange] as const))(
    '%s',
    async (_name, { request, response, handOver }) => {
      const asked: { url: string; body: string }[] = [];
      const fetch: typeof globalThis.fetch = async (input, init) => {
        asked.push({ url: String(input), body: String(init?.body ?? '') });
        const headers = { 'content-type': 'application/json' };
        return new Response(JSON.stringify(response.body), { status: response.status, headers });
      };
      const clock = manualClock();
      const rig = adapterRig(kind, { baseUrl: 'https://provider.example', clock, fetch });
      const messageId = '0193a5b0-0000-7000-8000-00000000abcd';
      expect(await rig.adapter.send(aMessage({ messageId }))).toMatchObject(handOver);
      expect(asked).toHaveLength(1);
      expect(new URL(asked[0]?.url ?? '').pathname).toBe(request.path);
      if (request.body !== undefined) {
        expect(JSON.parse(asked[0]?.body ?? '')).toMatchObject(request.body as object);
      }
      if (request.form !== undefined) {
        const form = Object.fromEntries(new URLSearchParams(asked[0]?.body ?? ''));
        expect(form).toMatchObject(request.form);
      }
    },
  );
});
