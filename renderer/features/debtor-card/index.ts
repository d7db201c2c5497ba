export { DebtorCardView } from './debtor-card-view.tsx';
export { History } from './history.tsx';
export { useDebtorCard } from './use-debtor-card.ts';
export { useVeil } from './use-veil.ts';
export { shapeOf, type Veil } from './veil.ts';
export { VeiledCardView } from './veiled-card-view.tsx';
export { VeiledHistory } from './veiled-history.tsx';
