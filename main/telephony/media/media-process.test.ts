import { describe, expect, it } from 'vitest';
import type { Clock } from '#shared/util/index.ts';
import type { ChildProcessPort } from '../../shell/ports.ts';
import { createMediaProcess, type MediaProcess } from './media-process.ts';
import type { MediaRequestMessage } from './media-protocol.ts';

class FakeClock implements Clock {
  #nowMs = 0;
  #timers: { atMs: number; callback: () => void }[] = [];
  now = (): number => this.#nowMs;
  monotonic = (): number => this.#nowMs;
  setTimer(delayMs: number, callback: () => void): () => void {
    const timer = { atMs: this.#nowMs + delayMs, callback };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  }
  advance(ms: number): void {
    this.#nowMs += ms;
    for (const timer of this.#timers.filter(({ atMs }) => atMs <= this.#nowMs)) {
      this.#timers = this.#timers.filter((other) => other !== timer);
      timer.callback();
    }
  }
}

class FakeChild implements ChildProcessPort {
  readonly pid = 1;
  readonly sent: MediaRequestMessage[] = [];
  stopped = false;
  #onMessage: (message: unknown) => void = () => {};
  #onExit: (code: number | null) => void = () => {};
  send(message: unknown): void {
    this.sent.push(message as MediaRequestMessage);
  }
  onMessage(listener: (message: unknown) => void): void {
    this.#onMessage = listener;
  }
  onExit(listener: (code: number | null) => void): void {
    this.#onExit = listener;
  }
  stop(): Promise<void> {
    this.stopped = true;
    return Promise.resolve();
  }
  says(message: unknown): void {
    this.#onMessage(message);
  }
  dies(): void {
    this.#onExit(null);
  }
}

function setUp(): {
  media: MediaProcess;
  children: FakeChild[];
  clock: FakeClock;
  warnings: string[];
} {
  const children: FakeChild[] = [];
  const clock = new FakeClock();
  const warnings: string[] = [];
  const media = createMediaProcess({
    spawn: () => {
      const child = new FakeChild();
      children.push(child);
      return child;
    },
    clock,
    logger: { warn: (message) => warnings.push(message) },
  });
  return { media, children, clock, warnings };
}

async function started(): Promise<ReturnType<typeof setUp>> {
  const rig = setUp();
  const start = rig.media.start();
  rig.children[0]!.says({ kind: 'ready', pid: 1 });
  await start;
  return rig;
}

const CONFIGURATION = { bindHost: '127.0.0.1', agentHosts: ['127.0.0.1'] };

describe('the engine side of the media process', () => {
  it('matches replies to requests in any order', async () => {
    const { media, children } = await started();
    const first = media.request('part', { legId: 'a' });
    const second = media.request('openAgentLine', { lineId: 'l' });
    const [one, two] = children[0]!.sent;
    children[0]!.says({
      kind: 'reply',
      requestId: two!.requestId,
      ok: true,
      value: { offerSdp: 'x' },
    });
    children[0]!.says({
      kind: 'reply',
      requestId: one!.requestId,
      ok: false,
      code: 'media.unknown-leg',
      message: 'no leg a',
    });
    expect(await second).toEqual({ offerSdp: 'x' });
    await expect(first).rejects.toMatchObject({ code: 'media.unknown-leg' });
  });

  it('gives up a request that is not answered, and ignores the late answer', async () => {
    const { media, children, clock } = await started();
    const request = media.request('part', { legId: 'a' });
    clock.advance(6_000);
    await expect(request).rejects.toMatchObject({ code: 'media.timeout', retryable: true });
    children[0]!.says({
      kind: 'reply',
      requestId: children[0]!.sent[0]!.requestId,
      ok: true,
      value: {},
    });
  });

  it('starts it again within 200 ms, configures it, then tells', async () => {
    const { media, children, clock } = await started();
    void media.request('configure', CONFIGURATION);
    children[0]!.says({ kind: 'reply', requestId: 1, ok: true, value: {} });
    clock.advance(10_000);
    const pending = media.request('part', { legId: 'a' });
    const told: string[] = [];
    media.onRestart(() => told.push(children[1]!.sent.map(({ name }) => name).join(' ')));
    children[0]!.dies();
    await expect(pending).rejects.toMatchObject({ code: 'media.restarted' });
    clock.advance(200);
    expect(children).toHaveLength(2);
    const meanwhile = media.request('openAgentLine', { lineId: 'l' });
    expect(children[1]!.sent).toEqual([]);
    children[1]!.says({ kind: 'ready', pid: 2 });
    expect(told).toEqual(['configure openAgentLine']);
    expect(children[1]!.sent[0]).toMatchObject({ input: CONFIGURATION });
    const { requestId } = children[1]!.sent[1]!;
    children[1]!.says({ kind: 'reply', requestId, ok: true, value: { offerSdp: 'y' } });
    expect(await meanwhile).toEqual({ offerSdp: 'y' });
  });

  it('slows down when it dies at once every time, and never gives up', async () => {
    const { children, clock } = await started();
    for (let life = 0; life < 12; life += 1) {
      children.at(-1)!.dies();
      clock.advance(5_000);
      expect(children).toHaveLength(life + 2);
    }
    children.at(-1)!.dies();
    clock.advance(200);
    expect(children).toHaveLength(13);
  });

  it('hands events on, and a failing listener harms nobody', async () => {
    const { media, children, warnings } = await started();
    const heard: string[] = [];
    media.onEvent(() => {
      throw new Error('bug');
    });
    media.onEvent((event) => heard.push(event.type));
    children[0]!.says({ kind: 'event', event: { type: 'playEnded', playId: 'p' } });
    expect(heard).toEqual(['playEnded']);
    expect(warnings).toHaveLength(1);
  });

  it('refuses requests when stopped, and does not start again', async () => {
    const { media, children, clock } = await started();
    const pending = media.request('part', { legId: 'a' });
    await Promise.all([
      media.stop(),
      expect(pending).rejects.toMatchObject({ code: 'media.stopped' }),
    ]);
    expect(children[0]!.stopped).toBe(true);
    children[0]!.dies();
    clock.advance(60_000);
    expect(children).toHaveLength(1);
    await expect(media.request('part', { legId: 'a' })).rejects.toMatchObject({
      code: 'media.stopped',
    });
  });

  it('says so when the process does not come up', async () => {
    const { media, clock } = setUp();
    const start = media.start();
    clock.advance(6_000);
    await expect(start).rejects.toMatchObject({ code: 'media.timeout' });
  });
});
