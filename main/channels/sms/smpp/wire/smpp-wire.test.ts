import type { Socket } from 'node:net';
import { Duplex } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { ManualClock } from '../../../../practice/testing/manual-clock.ts';
import { decodePdu, encodePdu, type Pdu } from './pdu.ts';
import { type Answer, SmppWire, type WireEnd } from './smpp-wire.ts';

/** A socket whose other end is the test. */
class TestSocket extends Duplex {
  readonly sent: Pdu[] = [];
  /** false: the other end takes nothing */
  taking = true;
  #stuck: (() => void)[] = [];
  setNoDelay() {}
  destroySoon() {
    this.end(() => this.destroy());
  }
  override _read() {}
  override _write(bytes: Buffer, _encoding: string, done: () => void) {
    for (let offset = 0; offset < bytes.length; ) {
      const length = bytes.readUInt32BE(offset);
      this.sent.push(decodePdu(bytes.subarray(offset, offset + length)));
      offset += length;
    }
    if (this.taking) done();
    else this.#stuck.push(done);
  }
  takeAgain() {
    this.taking = true;
    for (const done of this.#stuck.splice(0)) done();
  }
}

function aWire(sequence = 0) {
  const socket = new TestSocket({ writableHighWaterMark: 64 });
  const clock = new ManualClock();
  const requests: Pdu[] = [];
  const ends: WireEnd[] = [];
  const wire = new SmppWire(
    {
      socket: socket as unknown as Socket,
      clock,
      onRequest: (pdu) => requests.push(pdu),
      onEnd: (end) => ends.push(end),
    },
    sequence,
  );
  return { socket, clock, wire, requests, ends };
}

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));
const enquire = (sequence: number) => encodePdu('enquire_link', sequence, {});
const answerTo = (sequence: number, status = 0) =>
  encodePdu('submit_sm_resp', sequence, { status, fields: { message_id: `m${sequence}` } });

describe('a wire', () => {
  it('finds its frames however they are cut', async () => {
    const bytes = Buffer.concat([enquire(1), answerTo(9), enquire(2), enquire(3)]);
    for (let cut = 1; cut < bytes.length; cut += 1) {
      const { socket, requests } = aWire();
      socket.push(bytes.subarray(0, cut));
      await turn();
      socket.push(bytes.subarray(cut));
      await turn();
      expect(requests.map(({ sequence }) => sequence)).toEqual([1, 2, 3]);
    }
  });

  it('gives each answer to its request, in whatever order they come', async () => {
    const { socket, wire } = aWire();
    const both = [
      wire.request('submit_sm', { withinMs: 100 }),
      wire.request('submit_sm', { withinMs: 100 }),
    ];
    await turn();
    socket.push(Buffer.concat([answerTo(2), answerTo(1)]));
    const ids = (await Promise.all(both)).map((answer) =>
      answer.kind === 'answered' ? answer.pdu.fields.message_id : null,
    );
    expect(ids).toEqual(['m1', 'm2']);
  });

  it('begins with 1 again after the last sequence number, and leaves out those that are under way', async () => {
    const { socket, wire } = aWire(0x7ffffffe);
    for (let count = 0; count < 3; count += 1) void wire.request('submit_sm', { withinMs: 100 });
    await turn();
    expect(socket.sent.map(({ sequence }) => sequence)).toEqual([0x7fffffff, 1, 2]);
  });

  it('does not know what became of a request without an answer, and tells of one that comes late', async () => {
    const { socket, wire, clock } = aWire();
    const late: Pdu[] = [];
    const answer = wire.request('submit_sm', {
      withinMs: 100,
      onLateAnswer: (pdu) => late.push(pdu),
    });
    await turn();
    clock.advance(100);
    expect(await answer).toEqual({ kind: 'noAnswer' });
    socket.push(answerTo(1));
    await turn();
    expect(late.map(({ fields }) => fields.message_id)).toEqual(['m1']);
  });

  it('tells what was certainly not sent from what may have been', async () => {
    const { socket, wire, ends } = aWire();
    socket.taking = false;
    const answers: Answer['kind'][] = [];
    const fields = { short_message: new Uint8Array(100) };
    for (let count = 0; count < 3; count += 1) {
      void wire
        .request('submit_sm', { withinMs: 1_000, fields })
        .then(({ kind }) => answers.push(kind));
    }
    await turn();
    socket.destroy();
    await turn();
    expect(answers.sort()).toEqual(['noAnswer', 'notWritten', 'notWritten']);
    expect(ends).toEqual([{ cause: 'closedByPeer', detail: null }]);
    expect(await wire.request('submit_sm', { withinMs: 1 })).toEqual({ kind: 'notWritten' });
  });

  it('goes on when the other end takes more again', async () => {
    const { socket, wire } = aWire();
    socket.taking = false;
    const fields = { short_message: new Uint8Array(100) };
    for (let count = 0; count < 3; count += 1)
      void wire.request('submit_sm', { withinMs: 1_000, fields });
    await turn();
    const before = socket.sent.length;
    socket.takeAgain();
    await turn();
    await turn();
    expect([before, socket.sent.length]).toEqual([1, 3]);
  });

  it('gives up waiting to be sent after the same time, and then never sends', async () => {
    const { socket, wire, clock } = aWire();
    socket.taking = false;
    void wire.request('submit_sm', {
      withinMs: 50,
      fields: { short_message: new Uint8Array(100) },
    });
    const waiting = wire.request('query_sm', { withinMs: 50 });
    await turn();
    clock.advance(50);
    expect(await waiting).toEqual({ kind: 'notWritten' });
    socket.takeAgain();
    await turn();
    expect(socket.sent.map(({ command }) => command)).toEqual(['submit_sm']);
  });

  it.each([
    ['too short', Buffer.from('0000000f000000040000000000000001', 'hex')],
    ['too long', Buffer.from('7fffffff000000040000000000000001', 'hex')],
  ])('ends the connection on a frame that is %s', async (_name, bytes) => {
    const { socket, wire, ends } = aWire();
    const answer = wire.request('enquire_link', { withinMs: 1_000 });
    socket.push(bytes);
    await turn();
    expect(ends).toMatchObject([{ cause: 'badFrame' }]);
    expect(await answer).toEqual({ kind: 'noAnswer' });
  });

  it('writes the answer to an unbind before it ends', async () => {
    const { socket, wire, requests } = aWire();
    socket.push(encodePdu('unbind', 5, {}));
    await turn();
    wire.reply(requests[0] as Pdu);
    wire.end();
    await turn();
    expect(socket.sent.map(({ command, sequence }) => [command, sequence])).toEqual([
      ['unbind_resp', 5],
    ]);
  });
});
