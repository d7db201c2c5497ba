/** Characters of all texts of one view: three bytes each at the most, so that an answer stays below what a connection holds. */
const MOST_CHARACTERS = 2_000_000;
/** What is shown of a text for which no room is left. */
const SHOWN_CHARACTERS = 500;

/**
 * Keeps a view of many texts small enough to be sent: anybody may write mails without end, and an answer that is too large
 * ends the connection of whoever asked. Ask for the most important texts first.
 */
export class TextBudget {
  #left: number;

  constructor(characters = MOST_CHARACTERS) {
    this.#left = characters;
  }

  /** @returns null when there is no room for all of it */
  whole(text: string): string | null {
    if (text.length > this.#left) return null;
    this.#left -= text.length;
    return text;
  }

  /** @returns its beginning, with `…`, when there is no room for all of it */
  beginning(text: string): string {
    const whole = this.whole(text);
    if (whole !== null || text.length <= SHOWN_CHARACTERS) return text;
    // never half a character
    return `${text.slice(0, SHOWN_CHARACTERS).replace(/[\ud800-\udbff]$/, '')}…`;
  }
}
