import { createContext, useContext } from 'react';
import type { DebtorCard } from '#shared/contract/index.ts';

/** One form beside the card. */
export type WorkSheet =
  | { kind: 'promise' | 'plan' | 'payment' | 'callback' | 'note' | 'merge' | 'consent' }
  /** `explain`: the hold that is to get its reason */
  | { kind: 'flag'; explain?: string }
  | { kind: 'letter' | 'accessRequest' | 'erasure' }
  | { kind: 'document'; documentId: string }
  | { kind: 'writeOff'; debtId?: string }
  | { kind: 'contactPoint' }
  | { kind: 'block'; contactPointId?: string }
  | { kind: 'place' | 'notice' }
  | { kind: 'relation'; relationId?: string }
  /** `contactPointId`, `subject`: of what is answered */
  | { kind: 'sms' | 'mms' | 'email'; contactPointId?: string; subject?: string };
export type WorkKind = WorkSheet['kind'];

/** The work on the debtor that is on the screen. */
export interface Work {
  card: DebtorCard;
  draftKey: string;
  /** what is agreed in a call is saved with its outcome */
  withOutcome: boolean;
  /** nobody knows yet who is on the line, or it is somebody else: `card` is veiled */
  veiled: boolean;
  opened: WorkSheet | null;
  open: (sheet: WorkSheet) => void;
  close: () => void;
  /** the box that forms cover */
  container: HTMLElement | null;
  setContainer: (element: HTMLElement | null) => void;
}

export const WorkContext = createContext<Work | null>(null);

/** Null where a card is shown without its forms. */
export function useWork(): Work | null {
  return useContext(WorkContext);
}
