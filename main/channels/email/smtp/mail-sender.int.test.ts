import { afterEach, describe, expect, it } from 'vitest';
import { aMessage, aSetting, machineClock } from '../email-rig.fixture.ts';
import { smtpPeer } from '../security.ts';
import { handOverMail } from './mail-sender.ts';
import { type SmtpScript, scriptedSmtp } from './scripted-smtp.fixture.ts';
import { SmtpPool } from './smtp-pool.ts';

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function sender(script: SmtpScript, settings: Record<string, unknown> = {}) {
  const server = await scriptedSmtp(script);
  closers.push(() => server.stop());
  const parsed = aSetting({ smtpPort: server.port, smtpUser: '', ...settings });
  const peer = smtpPeer(parsed, { smtpPassword: 'secret' });
  const pool = new SmtpPool(peer, { connectMs: 5_000, answerMs: 400 }, machineClock);
  closers.push(() => pool.close());
  const send = (overrides: Parameters<typeof aMessage>[0] = {}) =>
    handOverMail(aMessage(overrides), { settings: parsed, pool, clock: machineClock });
  return { server, send, pool };
}

describe('handing a mail to a server that goes wrong', { timeout: 20_000 }, () => {
  it.each<[string, SmtpScript]>([
    ['gives no answer after the dot', { dot: 'silence' }],
    ['closes the connection after the dot', { dot: 'drop' }],
  ])('does not know whether it was taken when it %s', async (_, script) => {
    const { send, server } = await sender(script);
    expect(await send()).toMatchObject({ kind: 'unknown' });
    expect(server.messages).toHaveLength(1);
  });

  it.each<[string, SmtpScript, string]>([
    ['closes at once', { greeting: 'drop' }, 'gateway.connection-lost'],
    ['never greets', { greeting: 'silence' }, 'gateway.no-answer'],
    ['is too busy', { greeting: '421 4.3.2 too many connections' }, 'gateway.throttled'],
    ['closes after MAIL', { mail: 'drop' }, 'gateway.connection-lost'],
    ['does not answer RCPT', { rcpt: 'silence' }, 'gateway.no-answer'],
    ['has its mailbox greylisted', { rcpt: '450 4.2.0 greylisted' }, 'gateway.not-now'],
    ['has a full mailbox for now', { rcpt: '452 4.2.2 mailbox full' }, 'message.mailbox-full'],
    ['has no room now', { data: '452 4.3.1 no room' }, 'gateway.not-now'],
    ['answers the dot with a delay', { dot: '451 4.7.1 try later' }, 'gateway.not-now'],
    ['goes down while it has the whole message', { dot: '421 4.3.2 bye' }, 'gateway.throttled'],
  ])('tries again later when it %s', async (_, script, code) => {
    const { send } = await sender(script);
    expect(await send()).toMatchObject({ kind: 'later', code });
  });

  it.each<[string, SmtpScript, string, boolean]>([
    ['nobody has the address', { rcpt: '550 5.1.1 unknown' }, 'message.address-unknown', true],
    ['the domain takes no mail', { rcpt: '556 5.1.10 null MX' }, 'message.address-unknown', true],
    [
      'the user is unknown, in words',
      { rcpt: '550 No such user here' },
      'message.address-unknown',
      true,
    ],
    [
      'it is taken for spam',
      { rcpt: '554 5.7.1 blocked by policy' },
      'message.refused-by-server',
      false,
    ],
    [
      'the content is refused',
      { dot: '554 5.7.1 looks like spam' },
      'message.refused-by-server',
      false,
    ],
    [
      'the user is unknown, said late',
      { dot: '550 5.1.1 unknown' },
      'message.address-unknown',
      true,
    ],
    [
      'the mailbox is full for good',
      { rcpt: '552 5.2.2 over quota' },
      'message.mailbox-full',
      false,
    ],
    ['it is too large', { dot: '552 5.3.4 too large' }, 'message.too-large', false],
    ['the sender is not ours', { mail: '550 5.1.8 who are you' }, 'gateway.sender-refused', false],
  ])('gives up when %s', async (_, script, code, badAddress) => {
    const { send } = await sender(script);
    expect(await send()).toMatchObject({ kind: 'rejected', code, badAddress });
  });

  it('gives no password and no mail to a server without STARTTLS', async () => {
    const { send, server } = await sender(
      { extensions: ['AUTH PLAIN'] },
      { smtpSecurity: 'starttls', smtpUser: 'me' },
    );
    expect(await send()).toMatchObject({ kind: 'later', code: 'gateway.tls-not-offered' });
    expect(server.commands.map((line) => line.split(' ')[0])).toEqual(['EHLO', 'STARTTLS']);
  });

  it('does not try a refused login again soon', async () => {
    const { send } = await sender(
      { extensions: ['AUTH PLAIN'], auth: '535 5.7.8 wrong' },
      { smtpUser: 'me' },
    );
    expect(await send()).toMatchObject({
      kind: 'later',
      code: 'gateway.login-refused',
      retryAfterMs: 120_000,
    });
  });

  it('sends the next message over the same login, and over a new one when the server ended it', async () => {
    const { send, server } = await sender({ closeAfter: 2 });
    for (let count = 0; count < 4; count += 1)
      expect(await send()).toMatchObject({ kind: 'accepted' });
    expect(server.messages).toHaveLength(4);
    expect(server.connections).toBe(2);
  });

  it('asks for reports where the server offers them, and nowhere else', async () => {
    const offered = await sender({ extensions: ['DSN', 'SIZE 1000000'] });
    await offered.send({ to: 'a+b@example.org' });
    const [mail, rcpt] = offered.server.commands.filter((line) => /^(?:MAIL|RCPT)/.test(line));
    expect(mail).toMatch(
      /^MAIL FROM:<office@example.com> SIZE=\d+ RET=HDRS ENVID=01900000-[-0-9a-f]+$/,
    );
    expect(rcpt).toBe(
      'RCPT TO:<a+b@example.org> NOTIFY=SUCCESS,FAILURE,DELAY ORCPT=rfc822;a+2Bb@example.org',
    );
    const plain = await sender({});
    await plain.send();
    expect(plain.server.commands.join('\n')).not.toMatch(/ENVID|NOTIFY/);
    const unwanted = await sender({ extensions: ['DSN'] }, { deliveryReceipts: false });
    await unwanted.send();
    expect(unwanted.server.commands.join('\n')).not.toMatch(/ENVID|NOTIFY/);
  });

  it('writes to other alphabets only where the server can', async () => {
    const able = await sender({ extensions: ['SMTPUTF8'] });
    expect(await able.send({ to: '用户@例子.测试' })).toMatchObject({ kind: 'accepted' });
    expect(able.server.commands.some((line) => / SMTPUTF8/.test(line))).toBe(true);
    const unable = await sender({});
    expect(await unable.send({ to: '用户@example.org' })).toMatchObject({
      kind: 'rejected',
      code: 'message.address-not-ascii',
      badAddress: false,
    });
    // a name of a domain is put into ASCII, which every server takes
    expect(await unable.send({ to: 'anna@żółw.example' })).toMatchObject({ kind: 'accepted' });
    expect(unable.server.commands).toContain('RCPT TO:<anna@xn--w-uga1v8h.example>');
  });

  it.each([
    '',
    'nobody',
    'a b@example.org',
    'a@b\r\nRCPT TO:<c@example.org>',
    'a@exa mple.org',
    'a@-x.org',
  ])('refuses the address %j before it asks anybody', async (to) => {
    const { send, server } = await sender({});
    expect(await send({ to })).toMatchObject({ kind: 'rejected', badAddress: true });
    expect(server.commands).toEqual([]);
  });

  it('knows nothing of a message that was under way when it was closed', async () => {
    const { send, server, pool } = await sender({ dot: 'silence' });
    const answer = send();
    while (server.messages.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    pool.close();
    expect(await answer).toMatchObject({ kind: 'unknown' });
  });
});
