import type { CommandOutput } from '#shared/contract/index.ts';
import { type FirmRate, rateFiles, rateTable, type StatutoryKind } from './interest-rates.ts';

type RateList = CommandOutput<'interest-rate.list'>['tables'];

const KINDS: readonly StatutoryKind[] = ['statutory', 'statutoryCommercial'];

/** Tables of all countries, or of one, with what the firm entered; the newest rate first. */
export function listRates(firm: readonly FirmRate[], only: string | undefined): RateList {
  const countries = new Set([
    ...rateFiles.map((file) => file.jurisdiction),
    ...firm.map((rate) => rate.jurisdiction),
  ]);
  return [...countries]
    .filter((country) => only === undefined || country === only)
    .sort()
    .flatMap((jurisdiction) =>
      KINDS.flatMap((kind) => {
        const table = rateTable(jurisdiction, kind, firm);
        if (table === null) return [];
        const byFirm = (from: string) =>
          firm.some(
            (rate) =>
              rate.jurisdiction === jurisdiction && rate.kind === kind && rate.from === from,
          );
        return {
          jurisdiction,
          kind,
          source: table.source,
          verifiedOn: table.verifiedOn,
          draft: table.review === 'draft',
          knownThrough: table.knownThrough,
          rates: table.rates
            .map(({ from, ratePpm }) => ({ from, ratePpm, byFirm: byFirm(from) }))
            .reverse(),
        };
      }),
    );
}
