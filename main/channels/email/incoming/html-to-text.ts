/** Elements whose content nobody reads. */
const unread = new Set(['script', 'style', 'head', 'title', 'template', 'noscript', 'svg', 'math']);
/** Elements that stand on lines of their own. */
const blocks = new Set([
  ...['p', 'div', 'table', 'tr', 'ul', 'ol', 'li', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'pre'],
  ...['blockquote', 'section', 'article', 'header', 'footer', 'hr', 'form', 'dl', 'dt', 'dd'],
]);
const entities: Readonly<Record<string, string>> = {
  ...{ amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ', copy: '©', reg: '®' },
  ...{ euro: '€', pound: '£', hellip: '…', ndash: '–', mdash: '—', laquo: '«', raquo: '»' },
  ...{ lsquo: '‘', rsquo: '’', ldquo: '“', rdquo: '”', bdquo: '„', bull: '•', shy: '' },
  ...{ oacute: 'ó', Oacute: 'Ó', eacute: 'é', auml: 'ä', ouml: 'ö', uuml: 'ü', szlig: 'ß' },
};

/**
 * What a person reads in an HTML mail, as plain text. What it quotes keeps its `>`, so that a quotation is told from an
 * answer. In one pass over the text: hostile HTML costs no more than its length. The result is text, never to be shown
 * as HTML.
 */
export function htmlToText(html: string): string {
  const out = new TextLines();
  let skipped: string | null = null;
  for (const token of tokens(html)) {
    if (skipped !== null) {
      if (token.kind === 'close' && token.name === skipped) skipped = null;
    } else if (token.kind === 'text') out.write(decodeEntities(token.text));
    else if (token.kind === 'open' && unread.has(token.name)) skipped = token.name;
    else if (token.name === 'br') out.breakLine();
    else if (token.name === 'blockquote') out.quote(token.kind === 'open' ? 1 : -1);
    else if (blocks.has(token.name)) out.startBlock();
    else if (token.name === 'td' || token.name === 'th') out.write(' ');
  }
  return out.text();
}

type Token = { kind: 'text'; text: string } | { kind: 'open' | 'close'; name: string };

function* tokens(html: string): Generator<Token> {
  for (let at = 0; at < html.length; ) {
    const start = html.indexOf('<', at);
    const end = start < 0 ? html.length : start;
    if (end > at) yield { kind: 'text', text: html.slice(at, end) };
    if (start < 0) return;
    const { token, next } = tag(html, start);
    if (token !== null) yield token;
    at = next;
  }
}

function tag(html: string, start: number): { token: Token | null; next: number } {
  if (html.startsWith('<!--', start)) {
    const close = html.indexOf('-->', start + 4);
    return { token: null, next: close < 0 ? html.length : close + 3 };
  }
  const name = /^<(\/?)([a-z][a-z0-9:-]{0,40})/i.exec(html.slice(start, start + 50));
  const close = html.indexOf('>', start);
  if (name === null && html[start + 1] !== '!' && html[start + 1] !== '?')
    return { token: { kind: 'text', text: '<' }, next: start + 1 };
  const next = close < 0 ? html.length : close + 1;
  if (name === null) return { token: null, next };
  const kind = name[1] === '/' ? 'close' : 'open';
  return { token: { kind, name: (name[2] ?? '').toLowerCase() }, next };
}

function decodeEntities(text: string): string {
  return text.replaceAll(/&(#x[0-9a-f]{1,6}|#\d{1,7}|[a-z]{2,8});?/gi, (whole, name: string) => {
    if (!name.startsWith('#')) return entities[name] ?? entities[name.toLowerCase()] ?? whole;
    const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
    const isText = code > 31 && code < 0x11_0000 && (code < 0xd8_00 || code > 0xdf_ff);
    return isText ? String.fromCodePoint(code) : ' ';
  });
}

class TextLines {
  #lines: string[] = [];
  #line = '';
  #depth = 0;

  write(text: string): void {
    const flat = text.replaceAll(/[\s\u00a0]+/g, ' ');
    this.#line += this.#line === '' || this.#line.endsWith(' ') ? flat.trimStart() : flat;
  }

  breakLine(): void {
    this.#lines.push(`${'> '.repeat(this.#depth)}${this.#line.trimEnd()}`);
    this.#line = '';
  }

  startBlock(): void {
    if (this.#line.trim() !== '') this.breakLine();
    this.#line = '';
  }

  quote(change: 1 | -1): void {
    this.startBlock();
    this.#depth = Math.min(Math.max(this.#depth + change, 0), 10);
  }

  text(): string {
    this.startBlock();
    return this.#lines
      .join('\n')
      .replaceAll(/\n{3,}/g, '\n\n')
      .trim();
  }
}
