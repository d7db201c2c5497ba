export { MissedList } from './missed-list.tsx';
