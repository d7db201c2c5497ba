/** Options of a write that a repeated command does not make twice. */
export function once(commandId: string | null): { commandId?: string } {
  return commandId === null ? {} : { commandId };
}
