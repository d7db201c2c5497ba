import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { createReplyReader, loadReplyWords } from '../../../contact-rules/opt-out/index.ts';
import { type ReadMail, readMail } from './mail-events.ts';
import { parseMail } from './parse-mail.ts';

const ours = '01900000-0000-7000-8000-00000000abcd';
const readWords = createReplyReader(
  loadReplyWords(join(import.meta.dirname, '../../../../resources/opt-out')),
);
const wishOf = (text: string | null) => readWords(text ?? '', { channel: 'email' }).verdict;
const reader = { ownAddress: 'office@office.example.com', receivedAt: 1_795_000_000_000 };

async function readRaw(raw: string | Uint8Array): Promise<ReadMail> {
  const bytes = typeof raw === 'string' ? Buffer.from(raw.replaceAll('\n', '\r\n')) : raw;
  return readMail(await parseMail(bytes), reader);
}

function readFixture(name: string): Promise<ReadMail> {
  return readRaw(readFileSync(new URL(`./fixtures/${name}.eml`, import.meta.url)));
}

describe('a report about a message of ours', () => {
  it.each([
    ['postfix-unknown-user', { state: 'failed', badAddress: true, hint: false }],
    ['postfix-no-domain', { state: 'failed', badAddress: true, hint: false }],
    ['exim-unknown-user', { state: 'failed', badAddress: true, hint: false }],
    ['exim-old', { state: 'failed', badAddress: true, hint: false }],
    ['qmail', { state: 'failed', badAddress: true, hint: false }],
    ['exchange', { state: 'failed', badAddress: true, hint: false }],
    ['exchange-directory', { state: 'failed', badAddress: true, hint: false }],
    ['gmail', { state: 'failed', badAddress: true, hint: false }],
    ['postfix-mailbox-full', { state: 'failed', badAddress: false, hint: false }],
    ['postfix-spam', { state: 'failed', badAddress: false, hint: false }],
    ['postfix-gave-up', { state: 'expired', badAddress: false, hint: false }],
    ['postfix-delivered', { state: 'delivered', badAddress: false, hint: true }],
    ['postfix-relayed', { state: 'delivered', badAddress: false, hint: true }],
    ['mdn-displayed', { state: 'read', badAddress: false, hint: true }],
  ])('%s is one receipt of it', async (name, expected) => {
    const { events } = await readFixture(name);
    expect(events).toHaveLength(1);
    expect(events[0]).toMatchObject({ kind: 'receipt', messageId: ours, ...expected });
  });

  it.each([
    ['postfix-delayed', 'delayed'],
    ['exim-old-warning', 'bounce'],
    ['mdn-deleted', 'notification'],
  ])('%s says nothing of an end', async (name, kind) => {
    expect(await readFixture(name)).toEqual({ kind, events: [] });
  });

  it('says what the other system said, and when', async () => {
    const [receipt] = (await readFixture('gmail')).events;
    expect(receipt).toMatchObject({
      code: expect.stringContaining('5.1.1'),
      at: Date.UTC(2026, 10, 22, 10, 0, 6),
    });
  });

  it('about a mail that is not ours stays somebody’s message', async () => {
    const raw = readFileSync(new URL('./fixtures/qmail.eml', import.meta.url), 'latin1');
    const foreign = raw.replaceAll(ours, 'something-else');
    const { kind, events } = await readRaw(Buffer.from(foreign, 'latin1'));
    expect(kind).toBe('incoming');
    expect(events[0]).toMatchObject({ kind: 'incoming', automatic: true });
  });

  it('says which address does not exist', async () => {
    const { events } = await readFixture('postfix-unknown-user');
    expect(events[0]).toMatchObject({ badAddress: true, address: 'debtor@example.org' });
  });

  it('that somebody sends on with words of their own is a message', async () => {
    for (const name of ['postfix-unknown-user', 'mdn-displayed']) {
      const raw = readFileSync(new URL(`./fixtures/${name}.eml`, import.meta.url), 'latin1')
        .replace(/^From: .*$/m, 'From: debtor@example.org')
        .replace(/^Return-Path: .*$/m, 'Return-Path: <debtor@example.org>')
        .replace(/multipart\/report/, 'multipart/mixed');
      expect((await readRaw(Buffer.from(raw, 'latin1'))).kind).toBe('incoming');
    }
  });

  it('is not believed from a person, whatever the words', async () => {
    const raw = readFileSync(new URL('./fixtures/qmail.eml', import.meta.url), 'latin1')
      .replace('Return-Path: <>', 'Return-Path: <debtor@example.org>')
      .replace('From: MAILER-DAEMON@qmail.example.net', 'From: debtor@example.org');
    expect((await readRaw(Buffer.from(raw, 'latin1'))).kind).toBe('incoming');
  });
});

describe('an answer', () => {
  it('names the message that it answers, and keeps what it quotes apart', async () => {
    const { events } = await readFixture('reply-outlook');
    const [incoming] = events;
    expect(incoming).toMatchObject({
      kind: 'incoming',
      from: 'debtor@example.org',
      to: 'office@office.example.com',
      answersProviderId: `<${ours}@office.example.com>`,
      references: [`<${ours}@office.example.com>`],
      headerId: '<reply-1@example.org>',
      automatic: false,
      at: reader.receivedAt,
    });
    if (incoming?.kind !== 'incoming') return;
    expect(incoming.text).toContain('Zapłacę w piątek.');
    expect(incoming.text).toContain('> Please pay. Reply STOP to opt out.');
    expect(wishOf(incoming.text)).toBe('none');
  });

  it('of HTML alone has a text, in which our own words are quoted', async () => {
    const [incoming] = (await readFixture('reply-html-only')).events;
    if (incoming?.kind !== 'incoming') throw new Error('not an incoming mail');
    expect(incoming.text).toContain('Nie zgadzam się z kwotą.\nProszę o umow');
    expect(incoming.text).not.toContain('alert');
    expect(incoming.text).not.toContain('color');
    expect(incoming.text).toContain('> Please pay. Reply STOP to opt out.');
    expect(incoming.html).toContain('<script>');
    expect(wishOf(incoming.text)).not.toBe('optOut');
  });

  it('by a machine is marked as such', async () => {
    const [incoming] = (await readFixture('away-exchange')).events;
    expect(incoming).toMatchObject({ automatic: true });
  });

  it.each([
    ['Auto-Submitted: auto-replied; owner-email="a@example.org"', true],
    ['Auto-Submitted: no', false],
    ['Precedence: bulk', true],
    ['X-Autoreply: yes', true],
    ['List-Id: <list.example.org>', true],
    ['Return-Path: <>', true],
    ['Return-Path: <a@example.org>', false],
    ['Subject: Odpowiedź automatyczna: Re: konto', true],
    ['Subject: 自动回复: 账户', true],
    ['Subject: Автоответ: отпуск', true],
    ['Subject: I got your automatic letter', false],
  ])('%s: automatic is %s', async (header, automatic) => {
    const { events } = await readRaw(`From: a@example.org\n${header}\n\nhello\n`);
    expect(events[0]).toMatchObject({ automatic });
  });

  it('has the same key for a second copy, and another for another mail', async () => {
    const key = async (raw: string) => {
      const [event] = (await readRaw(raw)).events;
      return event?.kind === 'incoming' ? event.sourceKey : null;
    };
    const mail = 'Message-ID: <1@example.org>\nFrom: a@example.org\nSubject: x\n\nhello\n';
    expect(await key(`Received: from b by c\n${mail}`)).toBe(await key(mail));
    expect(await key(mail.replace('hello', 'other'))).not.toBe(await key(mail));
    expect(await key(mail.replace(/^Message.*\n/, ''))).not.toBe(await key(mail));
  });

  it('from ourselves is a copy of our own', async () => {
    const raw = 'From: Office <OFFICE@office.example.com>\nSubject: x\n\nhello\n';
    expect(await readRaw(raw)).toEqual({ kind: 'own', events: [] });
  });

  it.each([
    ['windows-1250', 'Zażółć gęślą jaźń'],
    ['windows-1251', 'Заплачу в пятницу'],
    ['koi8-r', 'Заплачу в пятницу'],
    ['gb18030', '我星期五付款'],
    ['big5', '星期五付款'],
    ['shift_jis', '金曜日に払います'],
    ['iso-8859-2', 'Zażółć gęślą jaźń'],
  ])('in %s is read', async (charset, text) => {
    const head = `From: a@example.org\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=${charset}\r\nContent-Transfer-Encoding: base64\r\n\r\n`;
    const body = iconv.encode(text, charset).toString('base64');
    const [event] = (await readRaw(Buffer.from(`${head}${body}\r\n`))).events;
    expect(event).toMatchObject({ text });
  });

  it('in iso-2022-jp is read, and in a charset that nobody knows too', async () => {
    const head = (charset: string) =>
      `From: a@example.org\r\nContent-Type: text/plain; charset=${charset}\r\n\r\n`;
    const japanese = Buffer.from('1b2442467c1b28420d0a', 'hex');
    const [one] = (await readRaw(Buffer.concat([Buffer.from(head('iso-2022-jp')), japanese])))
      .events;
    expect(one).toMatchObject({ text: '日' });
    const [other] = (await readRaw(Buffer.from(`${head('x-nobody-knows')}hello\r\n`))).events;
    expect(other).toMatchObject({ text: 'hello' });
  });

  it('with files names them so that nothing is tripped over', async () => {
    const part = (name: string) =>
      `--b\r\nContent-Type: application/pdf; name="${name}"\r\nContent-Disposition: attachment; filename="${name}"\r\n\r\nx\r\n`;
    const names = [
      '../../etc/passwd',
      'C:\\\\temp\\\\a.pdf',
      'con.pdf',
      '\u202efdp.exe',
      'a:b?.pdf',
      '. ',
    ];
    const raw = `From: a@example.org\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n${names.map(part).join('')}--b--\r\n`;
    const [event] = (await readRaw(Buffer.from(raw))).events;
    if (event?.kind !== 'incoming') throw new Error('not an incoming mail');
    expect(event.media.map(({ name }) => name)).toEqual([
      'passwd',
      'a.pdf',
      '_con.pdf',
      'fdp.exe',
      'a_b_.pdf',
      'attachment-6.pdf',
    ]);
  });
});
