export { InboxNews } from './inbox-news.tsx';
export { WaitingMessages } from './waiting-messages.tsx';
