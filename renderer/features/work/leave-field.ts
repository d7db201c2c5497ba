import type { KeyboardEvent } from 'react';

/** Esc leaves the field: what is typed stays, and letters are keys of the call again. */
export function leaveFieldOnEscape(event: KeyboardEvent): void {
  if (event.key === 'Escape' && event.target instanceof HTMLInputElement) event.target.blur();
}
