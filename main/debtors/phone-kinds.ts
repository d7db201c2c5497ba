import type { ContactPointKind } from '#shared/domain/index.ts';

/** Kinds of contact point that a call can go to. */
export const phoneKinds: readonly ContactPointKind[] = ['mobile', 'home', 'work', 'other'];

export function isPhoneKind(kind: string): boolean {
  return (phoneKinds as readonly string[]).includes(kind);
}
