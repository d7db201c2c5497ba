import { Banknote, FileText, History, Landmark, PhoneOff } from 'lucide-react';
import type { ReactNode } from 'react';
import { type ImportKind, importKind } from '#shared/contract/index.ts';

/** What a file can hold, in the order in which it is offered. */
export const importKinds: readonly ImportKind[] = importKind.options;

const icons: Record<ImportKind, typeof FileText> = {
  portfolio: FileText,
  payments: Banknote,
  bankStatement: Landmark,
  agencyHistory: History,
  doNotCall: PhoneOff,
};

/** The picture of a kind of import. */
export function kindIcon(kind: ImportKind, size = 16): ReactNode {
  const Icon = icons[kind];
  return <Icon size={size} aria-hidden="true" />;
}

/** The kind that an address names; portfolios where it names none. */
export function kindOf(text: string): ImportKind {
  return importKinds.find((kind) => kind === text) ?? 'portfolio';
}
