export { CallAnnouncer } from './call-announcer.tsx';
