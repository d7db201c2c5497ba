export interface ReadName {
  kind: 'person' | 'company';
  displayName: string;
  givenName: string | null;
  familyName: string | null;
  companyName: string | null;
}

export interface NameCells {
  fullName?: string | undefined;
  givenName?: string | undefined;
  familyName?: string | undefined;
  companyName?: string | undefined;
}

/** Legal forms, whole words, as firms write them in their names. */
const LEGAL_FORMS =
  /(?:^|[\s,"„”«»])(?:sp\.?\s*z\s*o\.?\s*o\.?|s\.\s?a\.?|s\.?\s?c\.|sp\.\s?[jkp]\.?|spółka|p\.?\s?s\.?\s?a\.|ltd\.?|limited|llc|llp|plc|inc\.?|corp\.?|gmbh|ag|s\.?r\.?o\.?|ооо|оао|зао|пао|ао|нко|мкк|тоо|гуп|муп|тсж|чоу)(?=$|[\s,."„”«»])/iu;

const PATRONYMIC = /(?:вич|вна|ична|инична|оглы|кызы)$/iu;

/**
 * Whom a record is about; null when nothing names anybody.
 *
 * `Nowak, Jan` has the family name first; so have three words of which one is a Russian patronymic. Other names of two
 * words are shown as they stand: which of them is the family name is not guessed.
 */
export function readName(cells: NameCells): ReadName | null {
  const company = clean(cells.companyName);
  const given = clean(cells.givenName);
  const family = clean(cells.familyName);
  const full = clean(cells.fullName);
  if (company !== '') return companyCalled(company);
  if (full !== '' && LEGAL_FORMS.test(full)) return companyCalled(full);
  if (family !== '' && given === '' && LEGAL_FORMS.test(family)) return companyCalled(family);
  if (family !== '' || given !== '') return personCalled(given, family);
  return full === '' ? null : readFullName(full);
}

function readFullName(full: string): ReadName {
  const comma = /^([^,]+),\s*([^,]+)$/.exec(full);
  if (comma) return personCalled(comma[2] ?? '', comma[1] ?? '');
  const words = full.split(' ');
  const patronymicAt = words.findIndex((word) => PATRONYMIC.test(word));
  if (words.length === 3 && patronymicAt === 2) {
    return personCalled(words.slice(1).join(' '), words[0] ?? '', full);
  }
  if (words.length === 3 && patronymicAt === 1) {
    return personCalled(words.slice(0, 2).join(' '), words[2] ?? '', full);
  }
  return {
    kind: 'person',
    displayName: full,
    givenName: null,
    familyName: null,
    companyName: null,
  };
}

function personCalled(given: string, family: string, shown?: string): ReadName {
  return {
    kind: 'person',
    displayName: shown ?? [given, family].filter((part) => part !== '').join(' '),
    givenName: given === '' ? null : given,
    familyName: family === '' ? null : family,
    companyName: null,
  };
}

function companyCalled(name: string): ReadName {
  return {
    kind: 'company',
    displayName: name,
    givenName: null,
    familyName: null,
    companyName: name,
  };
}

const MAX_NAME_CHARACTERS = 300;

function clean(cell: string | undefined): string {
  return (cell ?? '').replace(/\s+/gu, ' ').trim().slice(0, MAX_NAME_CHARACTERS);
}
