import { foldText } from '#shared/util/index.ts';

/**
 * What the search by name looks at: family name first, because that is what people type, and
 * anything else in the name that is shown.
 */
export function searchNameOf(input: {
  displayName: string;
  givenName?: string | null;
  familyName?: string | null;
}): string {
  const { familyName, givenName } = input;
  if (!familyName && !givenName) return foldText(input.displayName);
  return foldText(
    familyName && givenName ? `${familyName} ${givenName}` : (familyName ?? givenName ?? ''),
  );
}
