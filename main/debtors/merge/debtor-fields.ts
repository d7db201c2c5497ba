/** Fields of a debtor that a merge looks at. */
export interface MergedFields {
  displayName: string;
  givenName: string | null;
  familyName: string | null;
  companyName: string | null;
  birthDate: string | null;
  nationalIdKind: string | null;
  nationalId: string | null;
  taxId: string | null;
  companyNumber: string | null;
  accountToPay: string | null;
  language: string;
  street: string | null;
  postalCode: string | null;
  city: string | null;
}

export const MERGED_FIELD_COLUMNS = `displayName, givenName, familyName, companyName, birthDate, nationalIdKind, nationalId,
  taxId, companyNumber, accountToPay, language, street, postalCode, city`;

/** Filled together or not at all: half an address of one and half of another is none. */
const GROUPS: readonly (readonly (keyof MergedFields)[])[] = [
  ['nationalId', 'nationalIdKind'],
  ['taxId'],
  ['companyNumber'],
  ['birthDate'],
  ['street', 'postalCode', 'city'],
];

/** Empty fields of the kept debtor that the merged one fills. */
export function filledFields(
  kept: MergedFields,
  merged: MergedFields,
): { column: keyof MergedFields; value: string }[] {
  return GROUPS.filter((group) => group.every((column) => !kept[column])).flatMap((group) =>
    group.flatMap((column) => {
      const value = merged[column];
      return value ? [{ column, value }] : [];
    }),
  );
}

/** Fields that both have and that are not the same: the kept one's stay. */
export function differingFields(
  kept: MergedFields,
  merged: MergedFields,
): { field: keyof MergedFields; kept: string; merged: string }[] {
  return (Object.keys(kept) as (keyof MergedFields)[])
    .filter((field) => field !== 'nationalIdKind')
    .flatMap((field) => {
      const [own, other] = [kept[field], merged[field]];
      return own && other && own !== other ? [{ field, kept: own, merged: other }] : [];
    });
}
