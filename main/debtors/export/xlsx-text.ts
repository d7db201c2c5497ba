const MOST_CHARACTERS = 32_767;
const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

export function xmlText(text: string): string {
  return text.replaceAll(/[&<>"]/g, (letter) => ENTITIES[letter] ?? letter);
}

/**
 * Text of a cell: characters that XML cannot hold are written as `_xHHHH_`, and what looks like that is protected.
 * A cell holds 32,767 characters; longer text ends with an ellipsis.
 * @see ECMA-376 Part 1 §22.9.2.19
 */
export function cellText(text: string): string {
  const fitting = text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS - 1)}…` : text;
  const protectedText = fitting.replaceAll(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_');
  return xmlText(protectedText.toWellFormed()).replaceAll(
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what XML cannot hold
    /[\u0000-\u0008\u000b-\u001f\ufffe\uffff]/g,
    (letter) => `_x${letter.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`,
  );
}
