import { describe, expect, it } from 'vitest';
import { splitQuoted } from './quoted-text.ts';

describe('what an answer sends along', () => {
  it.each([
    ['On 12 Nov 2026 at 10:02, Nest <a@b.example> wrote:'],
    ['W dniu 12.11.2026 o 10:02, Nest pisze:'],
    ['12 ноя 2026 г. Нест пишет:'],
    ['2026年11月12日 Nest 写道：'],
  ])('is folded behind %s', (introduction) => {
    const { own, quoted } = splitQuoted(
      `Zapłacę w piątek.\r\n\r\n${introduction}\r\n> Saldo\r\n>\r\n> 100 zł`,
    );
    expect(own).toBe('Zapłacę w piątek.');
    expect(quoted).toBe(`${introduction}\n> Saldo\n>\n> 100 zł`);
  });

  it('is folded without an introduction and behind a line of a mail program', () => {
    expect(splitQuoted('Yes.\n> a\n> b')).toEqual({ own: 'Yes.', quoted: '> a\n> b' });
    expect(splitQuoted('Yes.\n-----Original Message-----\nFrom: us').own).toBe('Yes.');
  });

  it('stays where words were written between its lines', () => {
    const text = 'Hello\n> how much?\n100\n> when?\nFriday';
    expect(splitQuoted(text)).toEqual({ own: text, quoted: '' });
  });

  it('takes no longer for a long text that quotes again and again', () => {
    const text = '> how much?\n100\n'.repeat(20_000);
    const startedMs = performance.now();
    expect(splitQuoted(text).quoted).toBe('');
    expect(performance.now() - startedMs).toBeLessThan(2_000);
  });

  it('stays when there is nothing else', () => {
    expect(splitQuoted('> only this')).toEqual({ own: '> only this', quoted: '' });
    expect(splitQuoted('plain words')).toEqual({ own: 'plain words', quoted: '' });
  });
});
