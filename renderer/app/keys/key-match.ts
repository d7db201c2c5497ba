/** What a key press is, apart from the browser, so that the rules can be tested. */
export interface KeyPress {
  key: string;
  /** the physical key, e.g. `KeyH`; used when the layout gives no Latin letter */
  code: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
  repeat?: boolean;
}

/** `H`, `Shift+X`, `Mod+K`, `1`, `?`, `Escape`, `ArrowDown`. `Mod` is ⌘ on a Mac, else Ctrl. */
export type Binding = string;

const modifierNames = new Set(['Mod', 'Shift', 'Alt']);

/**
 * Letters are compared by what the key writes; where that is not Latin (a Russian layout), by the key's place. So
 * `H` is the key with H on it for a Polish, a French and a Russian keyboard alike.
 */
export function pressMatches(press: KeyPress, binding: Binding, isMac: boolean): boolean {
  const parts = binding === '+' ? ['+'] : binding.split('+');
  const key = parts.at(-1) ?? '';
  const modifiers = new Set(parts.filter((part) => modifierNames.has(part)));
  const mod = isMac ? press.metaKey : press.ctrlKey;
  const otherMod = isMac ? press.ctrlKey : press.metaKey;
  if (otherMod || mod !== modifiers.has('Mod') || press.altKey !== modifiers.has('Alt'))
    return false;
  const isLetter = /^[A-Z]$/.test(key);
  if (isLetter && press.shiftKey !== modifiers.has('Shift')) return false;
  return keyOf(press, isLetter) === key;
}

function keyOf(press: KeyPress, wantsLetter: boolean): string {
  if (wantsLetter) {
    if (/^[a-zA-Z]$/.test(press.key)) return press.key.toUpperCase();
    return /^Key([A-Z])$/.exec(press.code)?.[1] ?? press.key;
  }
  if (/^[0-9*#?+]$/.test(press.key)) return press.key;
  // AZERTY writes "&" with the key 1: the place of the digit counts
  const digit = /^(?:Digit|Numpad)([0-9])$/.exec(press.code)?.[1];
  return digit !== undefined && !press.shiftKey && press.key.length === 1 ? digit : press.key;
}

/** True for presses that never belong to a field, so that they work while someone types. */
export function worksInFields(binding: Binding): boolean {
  return binding.startsWith('Mod+');
}
