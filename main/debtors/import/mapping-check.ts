import type { ImportField, ImportMapping } from '#shared/contract/index.ts';
import { AppError } from '#shared/errors/index.ts';

const NEEDED: Readonly<Record<string, readonly ImportField[]>> = {
  name: ['fullName', 'givenName', 'familyName', 'companyName'],
  amount: ['balance', 'principal'],
};

/** What a mapping lacks without which no record could be stored. */
export function missingInMapping(mapping: ImportMapping): string[] {
  return Object.entries(NEEDED)
    .filter(([, fields]) => !fields.some((field) => mapping.columns.includes(field)))
    .map(([need]) => need);
}

/** @throws AppError `import.mapping-incomplete` (details `missing`: `name`, `amount`) */
export function assertMapping(mapping: ImportMapping): void {
  const missing = missingInMapping(mapping);
  if (missing.length === 0) return;
  throw new AppError('import.mapping-incomplete', `no column holds: ${missing.join(', ')}`, {
    details: { missing },
  });
}
