import { describe, expect, it } from 'vitest';
import type { Incoming } from '../types.ts';
import { readIncoming } from './read-incoming.ts';

/** What is looked through for a wish, of a mail that has HTML alone. */
async function wordsOf(html: string): Promise<string[]> {
  const words: string[] = [];
  const incoming: Incoming = {
    ...{ kind: 'incoming', sourceKey: '1', channel: 'email', from: 'a@example.org', to: null },
    ...{ text: null, subject: null, html, media: [], at: null, headerId: null, references: [] },
    ...{ answersProviderId: null, automatic: false, part: null },
  };
  await readIncoming(
    {
      readReply: (text) => {
        words.push(text);
        return { verdict: 'none', scope: null, media: [], words: '', language: null } as never;
      },
      ourMessageId: () => null,
      idSource: { next: () => 'id' },
      documentsDirectory: '/nowhere',
    },
    incoming,
  );
  return words;
}

describe('a mail of HTML alone', () => {
  it('is read without what nobody sees', async () => {
    const [words = ''] = await wordsOf(
      '<HEAD><title>x</title></HEAD><style>p{}</style ><header>Hi</header><p>STOP</p>a &lt; b<br/>c',
    );
    expect(words.replaceAll(/[ ]+/g, ' ')).toBe('Hi STOP\na < b\nc');
    expect(await wordsOf('<p>STOP</p><script>never ends')).toEqual(['STOP']);
  });

  it('costs no more than its length, whatever it is made of', async () => {
    const startedMs = performance.now();
    for (const hostile of ['<', '<br ', '<style', '<style>x', '</p', '<head></script>'])
      await wordsOf(hostile.repeat(100_000));
    expect(performance.now() - startedMs).toBeLessThan(2_000);
  });
});
