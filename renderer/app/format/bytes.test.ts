import { describe, expect, it } from 'vitest';
import { formatBytes } from './bytes.ts';

describe('sizes', () => {
  it.each([
    [0, '0 byte'],
    [999, '999 byte'],
    [12_400_000, '12.4 MB'],
    [5_000_000_000_000, '5,000 GB'],
  ])('%d is %s', (bytes, text) => {
    expect(formatBytes(bytes, 'en')).toBe(text);
  });
});
