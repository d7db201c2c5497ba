import { type AddressInfo, createServer } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { type PracticeMail, startPracticeMail } from '#main/practice/gateways/mail/index.ts';
import type { AdapterParts, GatewayAdapter } from '../types.ts';
import {
  aMessage,
  aSetting,
  type EmailRig,
  emailRig,
  machineClock,
  watched,
} from './email-rig.fixture.ts';
import { emailAdapter } from './index.ts';

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function practiceMail(options: { idle?: boolean } = {}): Promise<PracticeMail> {
  const mail = await startPracticeMail({
    host: '127.0.0.1',
    smtpPort: 0,
    imapPort: 0,
    seed: 7,
    clock: machineClock,
    ...options,
  });
  closers.push(() => mail.stop());
  return mail;
}

function open(
  mail: PracticeMail,
  settings: Record<string, unknown> = {},
  overrides: Partial<AdapterParts<'email'>> = {},
): EmailRig & { adapter: GatewayAdapter } {
  const rig = emailRig(
    aSetting({
      smtpPort: mail.smtpPort,
      imapHost: '127.0.0.1',
      imapPort: mail.imapPort,
      ...settings,
    }),
    overrides,
  );
  const adapter = emailAdapter.create(rig.parts);
  adapter.open();
  closers.push(() => adapter.close());
  return { ...rig, adapter };
}

const isReady = ({ kind }: { kind: string }) => kind === 'ready';

describe('an e-mail gateway at a mail server', { timeout: 30_000 }, () => {
  it('hands over a message, hears that it was delivered, and takes the answer', async () => {
    const mail = await practiceMail();
    const { adapter, receipt, incoming, states } = open(mail, { readReceipts: true });
    await states.until(isReady);
    const message = aMessage({ to: 'anna91@example.org', text: 'Your balance is 120.' });
    expect(await adapter.send(message)).toEqual({
      kind: 'accepted',
      providerIds: [`<${message.messageId}@example.com>`],
      parts: 1,
    });
    const delivered = await receipt(({ state }) => state === 'delivered');
    expect(delivered).toMatchObject({ messageId: message.messageId, hint: true });
    expect(await receipt(({ state }) => state === 'read')).toMatchObject({
      messageId: message.messageId,
      hint: true,
    });
    const reply = await incoming(({ from }) => from === 'anna91@example.org');
    expect(reply).toMatchObject({
      channel: 'email',
      to: 'office@example.com',
      subject: 'Re: Your account',
      answersProviderId: `<${message.messageId}@example.com>`,
      automatic: false,
    });
    expect(reply.references).toContain(`<${message.messageId}@example.com>`);
    expect(reply.text).toContain('> Your balance is 120.');
    expect(mail.submissions[0]).toMatchObject({
      from: 'office@example.com',
      envelopeId: message.messageId,
      notify: ['SUCCESS', 'FAILURE', 'DELAY'],
    });
  });

  it('tells an address that nobody has from a mail that was refused', async () => {
    const mail = await practiceMail();
    const { adapter, receipt } = open(mail);
    const unknown = aMessage({ to: 'x94@example.org' });
    const refused = aMessage({ to: 'x95@example.org' });
    await adapter.send(unknown);
    await adapter.send(refused);
    const isOf = (id: string) => (receipt: { messageId: string | null }) =>
      receipt.messageId === id;
    expect(await receipt(isOf(unknown.messageId))).toMatchObject({
      state: 'failed',
      badAddress: true,
      hint: false,
    });
    expect(await receipt(isOf(refused.messageId))).toMatchObject({
      state: 'failed',
      badAddress: false,
    });
  });

  it('knows that nobody wrote who is out of the office', async () => {
    const mail = await practiceMail();
    const { adapter, incoming } = open(mail);
    await adapter.send(aMessage({ to: 'away90@example.org' }));
    expect(await incoming(() => true)).toMatchObject({ automatic: true });
  });

  it('reads a mailbox that cannot wake it', async () => {
    const mail = await practiceMail({ idle: false });
    const waits: number[] = [];
    const clock = {
      ...machineClock,
      setTimer(delayMs: number, callback: () => void) {
        waits.push(delayMs);
        return machineClock.setTimer(delayMs === 15_000 ? 20 : delayMs, callback);
      },
    };
    const { incoming, states } = open(mail, {}, { clock });
    await states.until(isReady);
    mail.deliver(Buffer.from('From: a@example.org\r\nSubject: later\r\n\r\nhello\r\n'));
    expect(await incoming(() => true)).toMatchObject({ subject: 'later', text: 'hello' });
    expect(waits).toContain(15_000);
  });

  it('comes back after the server ended every connection, and takes each mail once', async () => {
    const mail = await practiceMail();
    const { incoming, events, states } = open(mail);
    await states.until(isReady);
    mail.deliver(Buffer.from('From: a@example.org\r\nSubject: one\r\n\r\nhello\r\n'));
    await incoming(({ subject }) => subject === 'one');
    mail.dropClients();
    await states.until(({ kind }) => kind === 'failing');
    mail.deliver(Buffer.from('From: a@example.org\r\nSubject: two\r\n\r\nhello\r\n'));
    await incoming(({ subject }) => subject === 'two');
    mail.deliver(Buffer.from('From: a@example.org\r\nSubject: three\r\n\r\nhello\r\n'));
    await incoming(({ subject }) => subject === 'three');
    expect(events.seen).toHaveLength(3);
  });

  it('moves on only when what came is durable', async () => {
    const mail = await practiceMail();
    let refusals = 0;
    const kept = watched<string>();
    const { states, cursors } = open(
      mail,
      {},
      {
        events: (batch) => {
          refusals += 1;
          if (refusals === 1) return Promise.reject(new Error('the disk is full'));
          for (const event of batch) if (event.kind === 'incoming') kept.add(String(event.subject));
          return Promise.resolve();
        },
      },
    );
    await states.until(isReady);
    const before = cursors.seen.length;
    mail.deliver(Buffer.from('From: a@example.org\r\nSubject: one\r\n\r\nhello\r\n'));
    await states.until(({ code }) => code === 'gateway.store-refused');
    expect(cursors.seen).toHaveLength(before);
    await kept.until((subject) => subject === 'one');
    await cursors.until((cursor) => /^\d+ 1 /.test(cursor));
    expect(kept.seen).toEqual(['one']);
  });

  it('looks again at what came lately when every UID of the mailbox is new', async () => {
    const first = await practiceMail();
    const { incoming, events, states, cursors } = open(first);
    await states.until(isReady);
    const old = Buffer.from('From: a@example.org\r\nSubject: old\r\n\r\nhello\r\n');
    first.deliver(old);
    const { sourceKey } = await incoming(({ subject }) => subject === 'old');
    await cursors.until((cursor) => /^\d+ 1 /.test(cursor));
    await first.stop();
    const second = await startPracticeMail({
      host: '127.0.0.1',
      smtpPort: first.smtpPort,
      imapPort: first.imapPort,
      seed: 7,
      clock: { ...machineClock, now: () => Date.now() + 100_000 },
    });
    closers.push(() => second.stop());
    second.deliver(old);
    second.deliver(Buffer.from('From: a@example.org\r\nSubject: new\r\n\r\nhello\r\n'));
    await incoming(({ subject }) => subject === 'new');
    // the inbox takes a key once
    const keys = events.seen.map((event) => event.kind === 'incoming' && event.sourceKey);
    expect(new Set(keys).size).toBe(2);
    expect(keys[0]).toBe(sourceKey);
  });

  it('leaves alone what lay in the mailbox long before it, and its own copies', async () => {
    const mail = await practiceMail();
    const early = { ...machineClock, now: () => Date.now() + 3_600_000 };
    mail.deliver(Buffer.from('From: a@example.org\r\nSubject: old\r\n\r\nhello\r\n'));
    const { incoming, events, states, cursors } = open(mail, {}, { clock: early });
    await states.until(isReady);
    mail.deliver(Buffer.from('From: office@example.com\r\nSubject: copy\r\n\r\nhello\r\n'));
    mail.deliver(Buffer.from('From: a@example.org\r\nSubject: new\r\n\r\nhello\r\n'));
    await incoming(({ subject }) => subject === 'new');
    await cursors.until((cursor) => /^\d+ 3 /.test(cursor));
    expect(events.seen).toHaveLength(1);
  });
});

describe('the test of an e-mail gateway', { timeout: 30_000 }, () => {
  it('tries each step, and sends a mail to itself that comes back', async () => {
    const mail = await practiceMail();
    const { parts } = emailRig(
      aSetting({
        smtpPort: mail.smtpPort,
        imapHost: '127.0.0.1',
        imapPort: mail.imapPort,
      }),
    );
    const message = aMessage({ to: 'office@example.com' });
    const done = emailAdapter.test(parts, message);
    // the practice server has no mailbox for the sender: a friend puts the mail there
    const deadline = Date.now() + 20_000;
    while (mail.submissions.length === 0 && Date.now() < deadline)
      await new Promise((resolve) => setTimeout(resolve, 10));
    mail.deliver(mail.submissions[0]!.raw);
    const steps = await done;
    expect(steps.map(({ step, state }) => `${step} ${state}`)).toEqual([
      'resolve ok',
      'connect ok',
      'tls ok',
      'login ok',
      'sender ok',
      'dsn ok',
      'imap-resolve ok',
      'imap-connect ok',
      'imap-tls ok',
      'imap-login ok',
      'mailbox ok',
      'idle ok',
      'send ok',
      'arrival ok',
    ]);
  });

  it('says which of the two logins is wrong, and skips what comes after', async () => {
    const mail = await practiceMail();
    const settings = aSetting({
      smtpPort: mail.smtpPort,
      imapHost: '127.0.0.1',
      imapPort: mail.imapPort,
    });
    const wrong = emailRig(settings, {
      secrets: { smtpPassword: 'wrong', imapPassword: 'practice' },
    });
    const steps = await emailAdapter.test(wrong.parts, aMessage());
    expect(steps.find(({ step }) => step === 'login')).toMatchObject({
      state: 'failed',
      code: 'gateway.login-refused',
    });
    expect(steps.find(({ step }) => step === 'imap-login')?.state).toBe('ok');
    expect(steps.find(({ step }) => step === 'send')?.state).toBe('skipped');
    expect(mail.submissions).toHaveLength(0);
    const other = emailRig(settings, {
      secrets: { smtpPassword: 'practice', imapPassword: 'wrong' },
    });
    const found = await emailAdapter.test(other.parts, null);
    expect(found.find(({ step }) => step === 'imap-login')).toMatchObject({
      state: 'failed',
      code: 'gateway.login-refused',
    });
    expect(found.find(({ step }) => step === 'mailbox')?.state).toBe('skipped');
  });

  it('names a mailbox that is not there, and a port where nobody listens', async () => {
    const mail = await practiceMail();
    const { parts } = emailRig(
      aSetting({
        smtpPort: 1,
        imapHost: '127.0.0.1',
        imapPort: mail.imapPort,
        mailbox: 'Nowhere',
      }),
    );
    const steps = await emailAdapter.test(parts, null);
    expect(steps.find(({ step }) => step === 'connect')).toMatchObject({
      state: 'failed',
      code: 'gateway.unreachable',
    });
    expect(steps.find(({ step }) => step === 'mailbox')).toMatchObject({
      state: 'failed',
      code: 'gateway.mailbox-missing',
    });
  });

  it('ends in time although the other end says nothing', async () => {
    const silent = createServer(() => undefined);
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const { port } = silent.address() as AddressInfo;
    const { parts } = emailRig(
      aSetting({ smtpPort: port, imapHost: '127.0.0.1', imapPort: port }),
      {
        clock: {
          ...machineClock,
          setTimer: (delayMs, callback) => machineClock.setTimer(delayMs / 10, callback),
        },
      },
    );
    const adapter = emailAdapter.create(parts);
    adapter.open();
    const answer = adapter.send(aMessage());
    const startedMs = performance.now();
    await adapter.close();
    expect(performance.now() - startedMs).toBeLessThan(5_000);
    silent.close();
    expect(await answer).toMatchObject({ kind: 'later' });
  });

  it('never logs in without TLS at another machine', async () => {
    const { parts } = emailRig(aSetting({ smtpHost: '192.0.2.1', smtpPort: 25 }));
    const adapter = emailAdapter.create(parts);
    expect(await adapter.send(aMessage())).toMatchObject({
      kind: 'later',
      code: 'gateway.plain-only-loopback',
    });
    await adapter.close();
  });
});
