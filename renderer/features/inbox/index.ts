export { WaitingMessages } from './waiting-messages.tsx';
