export { LookupTab } from './lookup-tab.tsx';
