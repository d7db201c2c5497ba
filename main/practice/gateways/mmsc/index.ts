import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { behaviourOf } from '../behaviour.ts';
import type { MmscFault, PracticeMmsc, PracticeMmscParts, SubmittedMms } from './mmsc-types.ts';
import { element, readSubmit } from './read-submit.ts';
import { deliverReq, deliveryReport, submitRsp } from './write-notices.ts';

export type { MmscFault, PracticeMmsc, PracticeMmscParts, SubmittedMms } from './mmsc-types.ts';

const AGAIN_AFTER_MS = 5_000;
const MOST_TRIES = 5;
const STATUS = { delivered: 'Retrieved', failed: 'Rejected', expired: 'Expired' } as const;

/** An MMS centre with phones behind it, which speaks MM7. On loopback only. */
export async function startPracticeMmsc(parts: PracticeMmscParts): Promise<PracticeMmsc> {
  const mmsc = new Mmsc(parts);
  await mmsc.listen();
  return mmsc;
}

interface Notice {
  contentType: string;
  body: Buffer;
}

class Mmsc implements PracticeMmsc {
  readonly #parts: PracticeMmscParts;
  readonly #server: Server;
  readonly #submits: SubmittedMms[] = [];
  readonly #answers: { http: number; code: number | null }[] = [];
  readonly #timers = new Set<() => void>();
  readonly #ended = new AbortController();
  #reportTo: string | null;
  #last = 0;

  constructor(parts: PracticeMmscParts) {
    this.#parts = parts;
    this.#reportTo = parts.reportTo;
    this.#server = createServer((request, response) => {
      this.#handle(request, response).catch(() => response.destroy());
    });
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  get url(): string {
    return `http://${this.#parts.host ?? '127.0.0.1'}:${this.port}/mm7`;
  }

  async listen(): Promise<void> {
    this.#server.listen(this.#parts.port, this.#parts.host ?? '127.0.0.1');
    await once(this.#server, 'listening');
  }

  submits(): readonly SubmittedMms[] {
    return this.#submits;
  }

  answers(): readonly { http: number; code: number | null }[] {
    return this.#answers;
  }

  setReportTo(url: string | null): void {
    this.#reportTo = url;
  }

  receive(message: Parameters<PracticeMmsc['receive']>[0]): void {
    const { clock } = this.#parts;
    const id = this.#newId();
    const facts = { linkedId: id, at: clock.now(), subject: '', media: [], ...message };
    // a new transaction each time that it is tried
    this.#deliver(() => deliverReq({ ...facts, transactionId: this.#newId() }));
  }

  async stop(): Promise<void> {
    this.#ended.abort();
    for (const cancel of this.#timers) cancel();
    this.#server.close();
    this.#server.closeAllConnections();
    if (this.#server.listening) await once(this.#server, 'close');
  }

  #newId(): string {
    this.#last += 1;
    return `${this.#parts.seed}-${this.#last}`;
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const pieces: Buffer[] = [];
    for await (const piece of request as AsyncIterable<Buffer>) pieces.push(piece);
    const { login } = this.#parts;
    if (login !== undefined && !isLogin(request.headers.authorization, login)) {
      response.writeHead(401, { 'www-authenticate': 'Basic realm="mm7"' }).end();
      return;
    }
    const submit =
      request.method === 'POST'
        ? await readSubmit(request.headers['content-type'] ?? '', Buffer.concat(pieces))
        : null;
    if (submit === null) {
      response.writeHead(request.method === 'POST' ? 400 : 405).end();
      return;
    }
    this.#submitted({ ...submit, id: this.#newId() }, response);
  }

  #submitted(submit: SubmittedMms, response: ServerResponse): void {
    const fault = this.#parts.faultOf?.(submit) ?? null;
    const isTaken =
      fault === null ||
      !('code' in fault || 'status' in fault || ('taken' in fault && !fault.taken));
    if (isTaken) this.#submits.push(submit);
    if (isTaken && fault?.kind !== 'reportFirst')
      this.#arrive(submit, fault?.kind === 'reportTwice');
    if (fault?.kind === 'reportFirst') {
      this.#deliver(
        () => this.#report(submit, 'Retrieved'),
        () => this.#answer(submit, fault, response),
      );
    } else this.#answer(submit, fault, response);
  }

  #answer(submit: SubmittedMms, fault: MmscFault | null, response: ServerResponse): void {
    if (fault?.kind === 'drop') {
      response.destroy();
      return;
    }
    if (fault?.kind === 'http') {
      response.writeHead(fault.status).end();
      return;
    }
    response.writeHead(200, { 'content-type': 'text/xml; charset=utf-8' });
    if (fault?.kind === 'rubbish') {
      response.end('<html>it works</html>');
      return;
    }
    const refused = fault?.kind === 'refuse' ? fault : null;
    const { transactionId, id } = submit;
    const [code, text] = refused ? [refused.code, refused.text ?? ''] : [1000, 'Success'];
    response.end(submitRsp({ transactionId, code, text, id: refused ? null : id }));
  }

  /** The phone has it, or not; and its owner answers. */
  #arrive(submit: SubmittedMms, twice: boolean): void {
    const { behaviour = behaviourOf, seed } = this.#parts;
    const { outcome, afterMs, reply } = behaviour(submit.to, submit.text, seed);
    for (let times = twice ? 2 : 1; times > 0; times -= 1) {
      if (outcome !== 'silent' && submit.wantsReport) {
        this.#later(afterMs, () => this.#deliver(() => this.#report(submit, STATUS[outcome])));
      }
    }
    if (reply === null) return;
    this.#later(reply.afterMs, () =>
      this.receive({ from: submit.to, to: submit.sender || '48100999999', text: reply.text }),
    );
  }

  #report({ id, to }: SubmittedMms, status: string): Notice {
    const transactionId = this.#newId();
    const xml = deliveryReport({ transactionId, id, to, status, at: this.#parts.clock.now() });
    return { contentType: 'text/xml; charset=utf-8', body: Buffer.from(xml) };
  }

  /** Until it is taken, a few times. */
  #deliver(make: () => Notice, done: () => void = () => {}, tries = 1): void {
    this.#post(make()).then((taken) => {
      if (taken || tries >= MOST_TRIES) done();
      else {
        const againAfterMs = this.#parts.againAfterMs ?? AGAIN_AFTER_MS;
        this.#later(againAfterMs, () => this.#deliver(make, done, tries + 1));
      }
    });
  }

  async #post({ contentType, body }: Notice): Promise<boolean> {
    if (this.#reportTo === null) return false;
    const { login } = this.#parts;
    const headers: Record<string, string> = { 'content-type': contentType, soapaction: '""' };
    if (login !== undefined) headers.authorization = basic(login);
    try {
      const signal = this.#ended.signal;
      const response = await fetch(this.#reportTo, { method: 'POST', headers, body, signal });
      const said = element(await response.text(), 'StatusCode');
      this.#answers.push({ http: response.status, code: said === '' ? null : Number(said) });
      return response.status === 200 && said === '1000';
    } catch {
      return false;
    }
  }

  #later(ms: number, run: () => void): void {
    if (this.#ended.signal.aborted) return;
    const cancel = this.#parts.clock.setTimer(ms, () => {
      this.#timers.delete(cancel);
      run();
    });
    this.#timers.add(cancel);
  }
}

function basic({ user, password }: { user: string; password: string }): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
}

function isLogin(header: string | undefined, login: { user: string; password: string }): boolean {
  return header === basic(login);
}
