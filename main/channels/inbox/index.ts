import { join } from 'node:path';
import { createReplyReader, loadReplyWords } from '../../contact-rules/index.ts';
import type { Handlers } from '../../contract-server/index.ts';
import type { InboxSink } from '../ports.ts';
import { createInboxHandlers, type InboxHandlersParts } from './inbox-handlers.ts';
import { type InboxSinkParts, Sink } from './inbox-sink.ts';

export type { InboxDoor } from './inbox-door.ts';
export type { InboxWrites } from './inbox-writes.ts';

export interface InboxParts
  extends Omit<InboxSinkParts, 'readReply'>,
    Omit<InboxHandlersParts, 'onSnoozed'> {
  /** folder of the files that ship with the program */
  resources: string;
}

export interface Inbox {
  sink: InboxSink;
  handlers: Handlers;
  /** What was put aside comes back from now on; call it once. */
  start(): void;
  /** Resolves when what fell due before has been looked at. */
  settled(): Promise<void>;
  /** Resolves when what is being taken is durable. */
  close(): Promise<void>;
}

/** Everything that comes in: whose it is, what it asks for, who answers it. */
export function createInbox({ resources, ...parts }: InboxParts): Inbox {
  const readReply = createReplyReader(loadReplyWords(join(resources, 'opt-out')));
  const sink = new Sink({ ...parts, readReply });
  return {
    sink,
    handlers: createInboxHandlers({ ...parts, onSnoozed: () => sink.plan() }),
    start: () => sink.start(),
    settled: () => sink.settled(),
    close: () => sink.close(),
  };
}
