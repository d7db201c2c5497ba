/** `blockedUntil` of an entry that is refused until a fact changes: the last instant there is for a `Date`. */
export const NO_DATE = 8_640_000_000_000_000;

/** Why the rules keep an entry of a list from being dialed. */
export interface EntryBlock {
  /** epoch ms; null: until a fact changes */
  until: number | null;
  rule: string;
  pack: string;
  /** kind of rule, or a word of the door */
  because: string;
}

/** A debtor whom no number reaches; a new number brings the entry back. */
export const NO_NUMBER: EntryBlock = {
  until: null,
  rule: 'number-missing',
  pack: 'door',
  because: 'number-missing',
};

/** Columns of contactListEntry that hold a block; null: nothing is against the entry. */
export function blockColumns(block: EntryBlock | null) {
  return {
    blockedUntil: block === null ? 0 : (block.until ?? NO_DATE),
    blockedRule: block?.rule ?? null,
    blockedPack: block?.pack ?? null,
    blockedBecause: block?.because ?? null,
  };
}
