/** What the process of the practice SMSC is asked, over the channel of a child process. */
export type SmscQuestion =
  | { kind: 'count' }
  /** texts of everything that was taken since the last time it was asked */
  | { kind: 'texts' }
  /** when the message with this in its text was taken, epoch ms with fractions; null: not yet */
  | { kind: 'arrival'; containing: string }
  /** kill this process once so many messages were taken */
  | { kind: 'killAt'; taken: number; pid: number }
  | { kind: 'stop' };

export interface SmscAnswers {
  count: { taken: number; waiting: number };
  texts: string[];
  arrival: number | null;
  killAt: null;
  stop: null;
}

export type SmscReply<Kind extends SmscQuestion['kind'] = SmscQuestion['kind']> = {
  [Name in Kind]: { id: number; value: SmscAnswers[Name] };
}[Kind];
