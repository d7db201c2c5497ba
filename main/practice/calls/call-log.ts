import type { CallRecord } from './call-record.ts';

/** Takes one JSON line; a file or nothing. */
export type LogSink = (line: string) => void;

export interface OpenRecord {
  readonly record: CallRecord;
  /** writes the record as it is now */
  save(): void;
}

type NewCall = Pick<
  CallRecord,
  'sipCallId' | 'direction' | 'from' | 'to' | 'nthCall' | 'behaviour' | 'invitedAt'
>;

/** Remembers every call of this run; each change of a call is a line, the last line of a call is its state. */
export class CallLog {
  readonly #runId: string;
  readonly #sink: LogSink;
  readonly #records: CallRecord[] = [];
  readonly #callsToNumber = new Map<string, number>();

  constructor(runId: string, sink: LogSink) {
    this.#runId = runId;
    this.#sink = sink;
  }

  /** Counts one more call to a number. @returns which one it is, from 1 */
  countCall(digits: string): number {
    const nth = (this.#callsToNumber.get(digits) ?? 0) + 1;
    this.#callsToNumber.set(digits, nth);
    return nth;
  }

  open(call: NewCall): OpenRecord {
    const record: CallRecord = {
      ...call,
      runId: this.#runId,
      callNumber: this.#records.length + 1,
      ringingAt: null,
      answeredAt: null,
      endedAt: null,
      status: null,
      endedBy: null,
      stillUp: true,
      vanishedAt: null,
      digits: [],
      media: null,
    };
    this.#records.push(record);
    const save = () => this.#sink(`${JSON.stringify(record)}\n`);
    save();
    return { record, save };
  }

  all(): readonly CallRecord[] {
    return this.#records;
  }
}
