import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadPacks } from '../contact-rules/index.ts';
import { parsePeriod } from '../debtors/retention/period.ts';
import { retentionArtefacts } from '../debtors/retention/retention-types.ts';
import { resourcesDirectory } from './resources.ts';
import { retentionLaws } from './retention-laws.ts';

const NOW = Date.UTC(2026, 10, 22);
const shipped = loadPacks(join(resourcesDirectory(), 'rule-packs')).filter(
  (pack) => !pack.practice,
);
const laws = retentionLaws(
  { packsInForce: () => shipped.map((pack) => ({ pack, status: pack.review.status })) as never },
  null as never,
  () => NOW,
);

describe('what the packs that ship say of keeping', () => {
  it('can be counted with, everywhere', () => {
    const places = ['*', ...laws.places(), 'PL', 'DE-BY', 'US-NY-NYC'];
    for (const place of places) {
      for (const { artefact, min, max } of laws.of(place)) {
        if (!retentionArtefacts.some((known) => known === artefact)) continue;
        for (const period of [min, max]) if (period !== null) parsePeriod(period);
        expect(min ?? max).not.toBeNull();
      }
    }
  });

  it('is for a city what its country and its state say too', () => {
    expect(laws.of('US-NY-NYC')).toContainEqual({
      artefact: 'recording',
      min: 'P3Y',
      max: null,
      anchor: 'event',
      source: expect.stringContaining('1006.100'),
      approved: false,
    });
    expect(laws.of('PL').some(({ source }) => source.includes('1006.100'))).toBe(false);
  });
});
