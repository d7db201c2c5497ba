export { DebtorCardView } from './debtor-card-view.tsx';
export { History } from './history.tsx';
