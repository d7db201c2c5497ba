import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFailed } from 'vitest';
import type { GatewayAdapter } from '../types.ts';
import { aMessage, aSetting, type EmailRig, emailRig } from './email-rig.fixture.ts';
import { emailAdapter } from './index.ts';
import { hasMailPeers, type MailPeers, startMailPeers } from './mail-peers.fixture.ts';

/** Everything here goes through software that is not ours: Postfix takes, Dovecot keeps, swaks answers. */
describe.skipIf(!hasMailPeers)('e-mail through Postfix and Dovecot', { timeout: 30_000 }, () => {
  let peers: MailPeers;
  const closers: (() => Promise<void>)[] = [];
  beforeAll(async () => {
    peers = await startMailPeers();
  });
  afterEach(async () => {
    for (const close of closers.splice(0).reverse()) await close();
  });
  afterAll(() => peers?.stop());

  function settingsOf(overrides: Record<string, unknown> = {}) {
    return aSetting({
      fromAddress: `office@${peers.domain}`,
      smtpPort: peers.submissionPort,
      smtpSecurity: 'starttls',
      smtpUser: `office@${peers.domain}`,
      imapHost: '127.0.0.1',
      imapPort: peers.imapPort,
      imapSecurity: 'starttls',
      tls: { authority: peers.authority, verify: true },
      maxBytes: 1_000_000,
      ...overrides,
    });
  }

  function open(overrides: Record<string, unknown> = {}): EmailRig & { adapter: GatewayAdapter } {
    onTestFailed(async () => {
      process.stderr.write(await peers.log());
    });
    const rig = emailRig(settingsOf(overrides));
    const adapter = emailAdapter.create(rig.parts);
    adapter.open();
    closers.push(() => adapter.close());
    return { ...rig, adapter };
  }

  const ready = ({ states }: EmailRig) => states.until(({ kind }) => kind === 'ready');

  it('submits by STARTTLS with a login, and hears of the delivery by its own envelope id', async () => {
    const rig = open();
    await ready(rig);
    const message = aMessage({
      to: `debtor@${peers.domain}`,
      subject: 'Zadłużenie: 1 234,56 zł',
      text: 'Proszę o wpłatę.\n.\nkropka sama w wierszu',
      html: '<p>Proszę o wpłatę.</p>',
      media: [
        { name: 'plan spłaty.pdf', mediaType: 'application/pdf', bytes: Buffer.from('%PDF-1.7') },
      ],
    });
    expect(await rig.adapter.send(message)).toMatchObject({ kind: 'accepted' });
    const receipt = await rig.receipt(({ messageId }) => messageId === message.messageId);
    expect(receipt).toMatchObject({ state: 'delivered', hint: true, badAddress: false });
    // what the receiver has is what was written
    const debtor = emailRig(
      settingsOf({ fromAddress: 'nobody@example.org', imapUser: `debtor@${peers.domain}` }),
    );
    const reader = emailAdapter.create(debtor.parts);
    reader.open();
    closers.push(() => reader.close());
    const arrived = await debtor.incoming(
      ({ headerId }) => headerId === `<${message.messageId}@${peers.domain}>`,
    );
    expect(arrived).toMatchObject({
      from: `office@${peers.domain}`,
      subject: message.subject,
      text: message.text,
      html: `${message.html}\n`,
    });
    expect(
      arrived.media.map(({ name, mediaType, bytes }) => [
        name,
        mediaType,
        Buffer.from(bytes).toString(),
      ]),
    ).toEqual([['plan spłaty.pdf', 'application/pdf', '%PDF-1.7']]);
  });

  it('learns from a bounce that nobody has the address', async () => {
    const rig = open();
    await ready(rig);
    const message = aMessage({ to: `nobody@${peers.domain}` });
    expect(await rig.adapter.send(message)).toMatchObject({ kind: 'accepted' });
    expect(await rig.receipt(({ messageId }) => messageId === message.messageId)).toMatchObject({
      state: 'failed',
      badAddress: true,
      hint: false,
      code: expect.stringContaining('5.1.1'),
    });
  });

  it('is told at once of an address that the server knows nothing of', async () => {
    const rig = open({ imapHost: '' });
    expect(await rig.adapter.send(aMessage({ to: 'nobody@strict.test' }))).toMatchObject({
      kind: 'rejected',
      code: 'message.address-unknown',
      badAddress: true,
    });
    // the next one goes out over the same server
    expect(await rig.adapter.send(aMessage({ to: `debtor@${peers.domain}` }))).toMatchObject({
      kind: 'accepted',
    });
  });

  it('is woken by an answer, and knows which message it answers', async () => {
    const rig = open();
    await ready(rig);
    const message = aMessage({ to: `debtor@${peers.domain}` });
    await rig.adapter.send(message);
    const headerId = `<${message.messageId}@${peers.domain}>`;
    await peers.sendFromOutside([
      ...['--from', 'debtor@outside.test', '--to', `office@${peers.domain}`],
      ...['--header', 'Subject: Re: Your account', '--header', `In-Reply-To: ${headerId}`],
      ...['--header', 'Message-Id: <answer-1@outside.test>', '--body', 'STOP'],
    ]);
    expect(
      await rig.incoming(({ headerId }) => headerId === '<answer-1@outside.test>'),
    ).toMatchObject({
      from: 'debtor@outside.test',
      to: `office@${peers.domain}`,
      text: 'STOP',
      answersProviderId: headerId,
      automatic: false,
    });
  });

  it('does not give a mail that is larger than the server takes', async () => {
    const rig = open({ imapHost: '' });
    const bytes = Buffer.alloc(300_000, 'a');
    const media = [{ name: 'scan.jpg', mediaType: 'image/jpeg', bytes }];
    expect(await rig.adapter.send(aMessage({ to: `debtor@${peers.domain}`, media }))).toMatchObject(
      {
        kind: 'rejected',
        code: 'message.too-large',
        badAddress: false,
      },
    );
  });

  it('does not trust a certificate of somebody else, and gives it no password', async () => {
    const rig = open({ tls: { verify: true }, imapHost: '' });
    expect(await rig.adapter.send(aMessage())).toMatchObject({
      kind: 'later',
      code: 'gateway.bad-certificate',
    });
    const reading = open({ tls: { verify: true } });
    await reading.states.until(({ code }) => code === 'gateway.bad-certificate');
  });

  it('passes its test from end to end', async () => {
    const { parts } = emailRig(settingsOf());
    const steps = await emailAdapter.test(parts, aMessage({ to: `office@${peers.domain}` }));
    expect(steps.filter(({ state }) => state !== 'ok')).toEqual([]);
    expect(steps.map(({ step }) => step)).toContain('arrival');
  });
});
