import type { Answers } from './fake-client.ts';
import { anId, fixedNow } from './fixture-base.ts';
import {
  aMessage,
  anOffer,
  aPicture,
  aPreview,
  aTemplate,
  ownSenders,
} from './message-fixtures.ts';

/** What an agent's card asks about messages, and what a sent one answers. */
export function messageAnswers(): Answers {
  return {
    'message.offer': ({ channel }) => anOffer(channel),
    'message.preview': ({ channel, templateId, text, subject, sender }) => {
      const base = aPreview(channel);
      const contactOnly = templateId === anId(1703);
      return {
        ...base,
        ...(contactOnly
          ? {
              text: 'Dzień dobry, prosimy o kontakt pod numerem +48 22 000 00 00. Nest Telekom',
              discloses: false,
            }
          : {}),
        ...(text === undefined ? {} : { text, html: null, discloses: false }),
        ...(subject === undefined ? {} : { subject }),
        ...(sender === undefined ? {} : { sender, senders: ownSenders }),
      };
    },
    'message.attach': () => aPicture({ documentId: anId(1510), name: 'umowa.jpg' }),
    'message.list': () => ({ messages: [], more: false }),
    'message.send': ({ channel, dueAt }) =>
      aMessage({
        channel,
        state: dueAt === undefined ? 'permitted' : 'queued',
        dueAt: dueAt ?? fixedNow,
      }),
    'inbox.thread-of': () => ({ inboxThreadId: anId(1900) }),
    'template.list': () => ({ templates: [aTemplate()] }),
  };
}
