import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { htmlToText } from './html-to-text.ts';
import { readMail } from './mail-events.ts';
import { markQuotes } from './mark-quotes.ts';
import { parseLimits, parseMail } from './parse-mail.ts';

const folder = new URL('./fixtures/', import.meta.url);
const fixtures = readdirSync(folder).map((name) => readFileSync(new URL(name, folder)));
const reader = { ownAddress: 'office@office.example.com', receivedAt: 1 };

/** Whatever came, there is an answer to it, and what it says is within its bounds. */
async function survives(raw: Uint8Array): Promise<void> {
  const mail = await parseMail(raw);
  expect(mail.text.length).toBeLessThanOrEqual(parseLimits.text);
  expect(mail.parts.length).toBeLessThanOrEqual(parseLimits.parts);
  expect(mail.text).not.toContain('\0');
  const { kind, events } = readMail(mail, reader);
  if (kind === 'incoming') expect(events).toHaveLength(1);
  for (const event of events) {
    if (event.kind !== 'incoming') continue;
    expect(event.from).not.toMatch(/[\r\n\0]/);
    expect(event.sourceKey.length).toBeLessThan(400);
    for (const { name } of event.media) expect(name).not.toMatch(/[/\\\0\r\n]|^\.|^$/);
  }
}

const damage = fc.record({
  fixture: fc.nat(fixtures.length - 1),
  cutAt: fc.double({ min: 0, max: 1, noNaN: true }),
  changes: fc.array(
    fc.tuple(fc.double({ min: 0, max: 0.999, noNaN: true }), fc.integer({ min: 0, max: 255 })),
    { maxLength: 30 },
  ),
  inserted: fc.oneof(
    fc.constantFrom(
      '\0\0\0',
      '\r\n\r\n',
      '--',
      '\r\n--mdn--\r\n',
      'Content-Type: multipart/mixed; boundary=""\r\n',
    ),
    fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes).toString('latin1')),
  ),
  at: fc.double({ min: 0, max: 0.999, noNaN: true }),
});

describe('a mail that is damaged', () => {
  it('is read as far as it goes', async () => {
    await fc.assert(
      fc.asyncProperty(damage, async ({ fixture, cutAt, changes, inserted, at }) => {
        const whole = Buffer.from(fixtures[fixture]!);
        for (const [place, byte] of changes) whole[Math.floor(place * whole.length)] = byte;
        const place = Math.floor(at * whole.length);
        const raw = Buffer.concat([
          whole.subarray(0, place),
          Buffer.from(inserted, 'latin1'),
          whole.subarray(place),
        ]);
        await survives(raw.subarray(0, Math.ceil(cutAt * raw.length)));
      }),
      { numRuns: 600 },
    );
  });

  it('may be any bytes at all', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 2_000 }), (bytes) => survives(bytes)),
      { numRuns: 300 },
    );
  });

  it('keeps its text when it is cut in the middle of a part', async () => {
    const raw = Buffer.from(
      'From: a@example.org\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nI will pay\r\n--b\r\nContent-Type: application/pdf\r\nContent-Transfer-Encoding: base64\r\n\r\nJVBERi0x',
    );
    const mail = await parseMail(raw);
    expect(mail.text).toBe('I will pay');
    expect(Buffer.from(mail.parts[0]!.bytes).toString()).toBe('%PDF-1');
  });
});

describe('a mail that means harm', () => {
  const head = 'From: a@example.org\r\nSubject: hello\r\nMessage-ID: <1@example.org>\r\n';

  it('nests deeper than anybody writes: its head is kept', async () => {
    let raw = head;
    for (let depth = 0; depth < 2_000; depth += 1)
      raw += `Content-Type: multipart/mixed; boundary=b${depth}\r\n\r\n--b${depth}\r\n`;
    const mail = await parseMail(Buffer.from(`${raw}\r\nhello`));
    expect(mail).toMatchObject({ damaged: true, from: 'a@example.org', subject: 'hello' });
  });

  it('holds mails in mails: they stay closed', async () => {
    let raw = `${head}Content-Type: message/rfc822\r\n\r\n`;
    for (let depth = 0; depth < 500; depth += 1) raw += 'Content-Type: message/rfc822\r\n\r\n';
    const mail = await parseMail(Buffer.from(raw));
    expect(mail.parts).toHaveLength(1);
  });

  it('has more headers than anybody writes: its first ones are kept', async () => {
    const raw = Buffer.from(`${head}${'X-Filler: y\r\n'.repeat(200_000)}\r\nhello`);
    const mail = await parseMail(raw);
    expect(mail).toMatchObject({ damaged: true, from: 'a@example.org', subject: 'hello' });
  });

  it('has more parts than anybody writes: it is not taken apart', async () => {
    const raw = Buffer.from(
      `${head}Content-Type: multipart/mixed; boundary=b\r\n\r\n${'--b\r\n\r\nx\r\n'.repeat(100_000)}`,
    );
    const startedMs = performance.now();
    const mail = await parseMail(raw);
    expect(performance.now() - startedMs).toBeLessThan(5_000);
    expect(mail).toMatchObject({ damaged: true, subject: 'hello' });
  });

  it('is millions of empty lines: its beginning is read, and nothing else waits for it', async () => {
    const raw = Buffer.from(`${head}\r\nI will pay\r\n${'\r\n'.repeat(5_000_000)}`);
    const startedMs = performance.now();
    const mail = await parseMail(raw);
    expect(performance.now() - startedMs).toBeLessThan(5_000);
    expect(mail).toMatchObject({ damaged: true, subject: 'hello', text: 'I will pay' });
  });

  it('is white space where something is looked for: it costs no more than its length', async () => {
    const bounce = `From: mailer-daemon@example.org\r\nSubject: undeliverable\r\n`;
    const startedMs = performance.now();
    for (const raw of [
      `${head}\r\n-- original message${' '.repeat(490_000)}x`,
      `${bounce}\r\nreturned${'\n'.repeat(90_000)}x`,
      `${bounce}\r\n${'> '.repeat(200_000)}x`,
      `${bounce}\r\nmessage-id: ${'<a'.repeat(200_000)}x`,
    ]) {
      const mail = await parseMail(Buffer.from(raw));
      expect(mail.damaged).toBe(false);
      readMail(mail, reader);
    }
    expect(performance.now() - startedMs).toBeLessThan(8_000);
  });

  it('is one line of megabytes', async () => {
    await survives(Buffer.alloc(8_000_000, 'a'));
    await survives(Buffer.from(`From: ${'<'.repeat(200_000)}\r\n\r\nx`));
    await survives(Buffer.from(`${head}References: ${'<a@b> '.repeat(40_000)}\r\n\r\nx`));
  });
});

describe('HTML as text', () => {
  it.each([
    ['<p>one</p><p>two</p>', 'one\ntwo'],
    ['one<br>two<br/>three', 'one\ntwo\nthree'],
    ['a &amp; b &lt;c&gt; &#261;&nbsp;&euro;5', 'a & b <c> ą €5'],
    ['<div>x<blockquote>y<blockquote>z</blockquote></blockquote>w</div>', 'x\n> y\n> > z\nw'],
    ['<style>p{}</style><!-- hidden --><script>if (a<b) stop()</script>seen', 'seen'],
    ['1 < 2 and <b>bold</b>', '1 < 2 and bold'],
    ['<constructor>a</constructor> &toString; &valueOf;', 'a &toString; &valueOf;'],
    ['<table><tr><td>a</td><td>b</td></tr></table>', 'a b'],
  ])('%s', (html, text) => {
    expect(htmlToText(html)).toBe(text);
  });

  it('is made of anything, and costs no more than its length', () => {
    fc.assert(fc.property(fc.string(), (html) => void htmlToText(html)));
    const startedMs = performance.now();
    for (const hostile of ['<', '<!--', '<a ', '&#', '<blockquote>', '&amp', '< <', '<p></p>'])
      htmlToText(hostile.repeat(500_000 / hostile.length));
    expect(performance.now() - startedMs).toBeLessThan(5_000);
  });
});

describe('what a program quotes without a mark', () => {
  it.each([
    ['-----Original Message-----', 'From: Office'],
    ['From: Office <o@example.com>', 'Sent: Sunday'],
    ['Od: Office', 'Wysłano: niedziela'],
    ['От: Office', 'Дата: воскресенье'],
    ['发件人: Office', '发送时间: 星期日'],
  ])('is marked below %s', (one, two) => {
    const marked = markQuotes(`answer\n\n${one}\n${two}\n\nSTOP`);
    expect(marked).toBe(`answer\n\n> ${one}\n> ${two}\n>\n> STOP`);
  });

  it('is not taken for one when a person writes such a word', () => {
    const text = 'From: the bottom of my heart\nthank you\n\nData: the table is below';
    expect(
      markQuotes('From: now on I pay\nin rates\nof\nten\nzloty\nDate: tomorrow'),
    ).not.toContain('>');
    expect(markQuotes(text).split('\n')[0]).toContain('From: the bottom of my heart');
  });
});
