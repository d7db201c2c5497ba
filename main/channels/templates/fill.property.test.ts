import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type DocumentLanguage,
  type MessageField,
  messageField,
  messageText,
} from '#shared/contract/index.ts';
import type { FieldValue } from './facts/field-values.ts';
import { compileText } from './text/compile-text.ts';
import { writeHtml } from './text/write-html.ts';
import { blocksFor, writeLine, writePlain } from './text/write-text.ts';

const braces = fc.constantFrom(
  '{',
  '}',
  '{{',
  '}}',
  '{{{',
  '{{ x }}',
  '{{debtor.name}}',
  '{{}}',
  '{{a{{b}}',
);
const hostile = fc.constantFrom(
  '<',
  '>',
  '&',
  '"',
  "'",
  '<script>',
  'javascript:',
  '\n',
  '{{firm.name}}',
);
const words = fc
  .array(
    fc.oneof(
      fc.string({ maxLength: 6 }),
      braces,
      hostile,
      messageField.options.length > 0
        ? fc.constantFrom(...messageField.options).map((name) => `{{${name}}}`)
        : fc.string(),
    ),
    { maxLength: 8 },
  )
  .map((parts) => parts.join(''));
const condition = fc.record({
  field: fc.constantFrom(...messageField.options),
  is: fc.constantFrom('present' as const, 'absent' as const, 'more' as const, 'less' as const),
  than: fc.integer(),
});
const text = fc.record({
  subject: words.map((value) => value.slice(0, 200)),
  blocks: fc.array(
    fc.record(
      {
        style: fc.constantFrom(
          'text' as const,
          'heading' as const,
          'button' as const,
          'small' as const,
        ),
        text: words,
        link: fc.constantFrom('payment.link' as const, 'document.link' as const),
        when: condition,
      },
      { requiredKeys: ['style', 'text'] },
    ),
    { minLength: 1, maxLength: 5 },
  ),
});
/** values as `createValues` makes them never hold two braces; these may hold anything else */
const value = fc.option(
  fc.oneof(words, fc.webUrl()).map((one): FieldValue => ({ text: one.replaceAll(/[{}]+/g, '{') })),
);

const values = fc
  .dictionary(fc.constantFrom(...messageField.options), value)
  .map((known) => (field: MessageField) => known[field] ?? null);
const languages = fc.constantFrom<DocumentLanguage[]>('en', 'pl', 'ru', 'zh');

describe('filling in', () => {
  it('never leaves a field standing in braces', () => {
    fc.assert(
      fc.property(text, values, languages, (written, valueOfField, language) => {
        const compiled = compileText(language, messageText.parse(written));
        const blocks = blocksFor(compiled, valueOfField);
        const outcome = [
          writeLine(compiled.subject, valueOfField),
          writePlain(blocks, valueOfField, '\n'),
          writeHtml(
            { language, title: writeLine(compiled.subject, valueOfField) },
            blocks,
            valueOfField,
          ),
        ].join('\n');
        expect(outcome).not.toMatch(/\{\{\s*[a-zA-Z.]+\s*\}\}/);
      }),
      { numRuns: 500 },
    );
  });

  it('never lets a value or a written text become markup, nor a link to anything but the web', () => {
    fc.assert(
      fc.property(text, values, languages, (written, valueOfField, language) => {
        const compiled = compileText(language, messageText.parse(written));
        const blocks = blocksFor(compiled, valueOfField);
        const title = writeLine(compiled.subject, valueOfField);
        const html = writeHtml({ language, title }, blocks, valueOfField);
        const body = html.slice(html.indexOf('<body'));
        const tags = [...body.matchAll(/<[^>]*>/g)].map(([tag]) => tag);
        const ours =
          /^<(\/?(body|div|h1|p|html|br|a)( style="[^"<>]*")?|a href="https?:\/\/[^"<>\s]+"( style="[^"<>]*")?)>$/;
        expect(tags.filter((tag) => !ours.test(tag))).toEqual([]);
        const between = body.replaceAll(/<[^>]*>/g, '');
        expect(between).not.toMatch(/[<>"']/);
        expect(between).not.toMatch(/&(?!(amp|lt|gt|quot|#39);)/);
      }),
      { numRuns: 500 },
    );
  });
});
