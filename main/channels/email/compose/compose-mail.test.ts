import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aMessage } from '../email-rig.fixture.ts';
import { parseMail } from '../incoming/parse-mail.ts';
import { readAddress } from './addresses.ts';
import { type ComposeOptions, composeMail } from './compose-mail.ts';

const options: ComposeOptions = {
  from: { name: 'Biuro Należności', address: readAddress('biuro@example.com')! },
  to: readAddress('anna@example.org')!,
  at: Date.UTC(2026, 10, 22, 10, 0, 0),
  readReceipt: false,
  automatic: false,
};

async function composed(
  overrides: Parameters<typeof aMessage>[0],
  more: Partial<ComposeOptions> = {},
) {
  const { raw, headerId } = await composeMail(aMessage(overrides), { ...options, ...more });
  const head = raw.toString('latin1').split('\r\n\r\n', 1)[0]!;
  const names = head
    .split('\r\n')
    .filter((line) => !/^[ \t]/.test(line))
    .map((line) => line.split(':', 1)[0]!.toLowerCase());
  return { raw, headerId, head, names, mail: await parseMail(raw) };
}

const usual = ['from', 'to', 'subject', 'message-id', 'content-language', 'date', 'mime-version'];

describe('a mail as it is written', () => {
  it('holds text and HTML as alternatives, and what goes with it', async () => {
    const { mail, raw } = await composed({
      subject: 'Zażółć gęślą jaźń',
      text: 'Proszę o wpłatę 1 234,56 zł.\nDziękuję',
      html: '<p>Proszę</p>',
      media: [
        { name: 'plan.pdf', mediaType: 'application/pdf', bytes: Buffer.from('%PDF') },
        { name: 'faktura żółta.jpg', mediaType: 'image/jpeg', bytes: Buffer.from([255, 216, 0]) },
      ],
    });
    expect(raw.toString()).toContain('multipart/alternative');
    expect(mail.subject).toBe('Zażółć gęślą jaźń');
    expect(mail.text).toBe('Proszę o wpłatę 1 234,56 zł.\nDziękuję');
    expect(mail.html?.trim()).toBe('<p>Proszę</p>');
    expect(mail.parts.map(({ name, bytes }) => [name, [...bytes]])).toEqual([
      ['plan.pdf', [...Buffer.from('%PDF')]],
      ['faktura żółta.jpg', [255, 216, 0]],
    ]);
    expect(mail.date).toBe(options.at);
  });

  it('leads back to our message, and names what it answers', async () => {
    const messageId = '01900000-0000-7000-8000-00000000abcd';
    const { headerId, mail, head } = await composed({
      messageId,
      inReplyTo: '<b@example.org>',
      references: ['<a@example.org>', 'nonsense', '<a@example.org>'],
    });
    expect(headerId).toBe(`<${messageId}@example.com>`);
    expect(mail.headerId).toBe(headerId);
    expect(head).toMatch(/^In-Reply-To: <b@example.org>$/m);
    expect(mail.references).toEqual(['<a@example.org>', '<b@example.org>']);
  });

  it('asks for a read receipt, and says that a machine wrote it, only when told to', async () => {
    const plain = await composed({});
    expect(plain.head).not.toMatch(
      /disposition-notification-to|auto-submitted|list-unsubscribe|x-mailer/i,
    );
    const asked = await composed({}, { readReceipt: true, automatic: true });
    expect(asked.head).toMatch(/^Disposition-Notification-To: <biuro@example.com>$/m);
    expect(asked.head).toMatch(/^Auto-Submitted: auto-generated$/m);
  });

  it('takes no header from any value', async () => {
    const evil = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string().map((text) => `${text}\r\nBcc: <evil@example.org>\r\n\r\nbody`),
      fc.constantFrom(
        '\nBcc: x',
        '\rBcc: x',
        '\u2028Bcc: x',
        '\0',
        '=?utf-8?Q?=0D=0ABcc:_x?=',
        '"',
        '<',
        '\u0085X: y',
      ),
    );
    await fc.assert(
      fc.asyncProperty(evil, evil, evil, async (one, other, third) => {
        const { names, mail } = await composed(
          {
            subject: one,
            inReplyTo: other,
            references: [third],
            language: other,
            media: [{ name: third, mediaType: one, bytes: Buffer.from('x') }],
          },
          { from: { ...options.from, name: other } },
        );
        const allowed = [...usual, 'in-reply-to', 'references', 'content-type'];
        expect(names.filter((name) => !allowed.includes(name))).toEqual([]);
        expect(new Set(names).size).toBe(names.length);
        expect(mail.header('bcc')).toEqual([]);
        expect(mail.to).toEqual(['anna@example.org']);
        expect(mail.from).toBe('biuro@example.com');
      }),
      { numRuns: 300 },
    );
  });
});

describe('an address', () => {
  it.each([
    ['anna@example.org', 'anna', 'example.org'],
    [' Anna.Nowak+x@EXAMPLE.org ', 'Anna.Nowak+x', 'example.org'],
    ['анна@пример.рф', 'анна', 'xn--e1afmkfd.xn--p1ai'],
    ['a@[127.0.0.1]', 'a', '[127.0.0.1]'],
  ])('reads %s', (text, local, domain) => {
    expect(readAddress(text)).toEqual({ local, domain });
  });

  it.each([
    '',
    '@',
    'a@',
    '@b.org',
    'a..b@c.org',
    '.a@c.org',
    'a b@c.org',
    'a@b c',
    'a@b@c.org',
    'a@b..org',
    'a\n@b.org',
    'a@b.org\r\n',
    '<a@b.org>',
    `${'a'.repeat(65)}@b.org`,
  ])('refuses %j unless trimming makes it one', (text) => {
    const read = readAddress(text);
    if (text === 'a@b.org\r\n') expect(read).toEqual({ local: 'a', domain: 'b.org' });
    else expect(read).toBeNull();
  });
});
