export { DebtorPicker } from './debtor-picker.tsx';
export { SearchHitLine } from './search-hit.tsx';
export { useDebtorSearch } from './use-debtor-search.ts';
