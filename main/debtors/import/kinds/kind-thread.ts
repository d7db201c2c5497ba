import type { MessagePort } from 'node:worker_threads';
import type { ImportMapping } from '#shared/contract/index.ts';
import type { StoreKind } from '#shared/domain/index.ts';
import { AppError } from '#shared/errors/index.ts';
import { assertText } from '../assert-text.ts';
import type { FileNotice, FromParser, ToParser } from '../parser-protocol.ts';
import type { RawRecord } from '../record-reader.ts';
import { RejectsFile, type RejectsFileOptions } from '../rejects-file.ts';
import { mappingForFormat, openImportSource } from '../xlsx/index.ts';
import type { KindRecord, OtherKind } from './kind-records.ts';
import { createKindReader, type KindItem, type KindReader } from './read-kind.ts';

export interface KindTask {
  records: OtherKind;
  path: string;
  mapping: ImportMapping;
  storeKind: StoreKind;
  thisYear: number;
  batchSize: number;
  credit: number;
  rejects: RejectsFileOptions;
}

/** A notice of a file is told to a person; a damaged file does not fill memory with them. */
const MAX_NOTICES = 100;

/**
 * Reads a file of another kind than a portfolio: every row ends in a batch, in the rejects file, or is counted as left out.
 * The store may refuse records that were sent (nobody has such a reference): they go to the rejects file too.
 */
export async function importKind(task: KindTask, port: MessagePort): Promise<void> {
  const parser = new KindParser(task, port);
  try {
    const source = await openImportSource(task.path, task.mapping);
    const mapping = mappingForFormat(task.mapping, source.format);
    const reader = createKindReader(task.records, source.format, { ...task, mapping });
    let isFirst = true;
    for await (const bytes of source) {
      if (isFirst) assertText(bytes);
      isFirst = false;
      await parser.take(reader, reader.push(bytes), source.bytesRead);
    }
    await parser.take(reader, reader.end(), source.bytesRead);
    if (parser.rows === 0 && !mapping.hasHeader) {
      throw new AppError('import.empty-file', 'there is nothing in this file');
    }
    await parser.end(source.bytesRead);
  } finally {
    parser.close();
  }
}

interface Sent {
  raws: RawRecord[];
  headers: readonly string[];
}

class KindParser {
  rows = 0;
  readonly #port: MessagePort;
  readonly #rejects: RejectsFile;
  readonly #notices: FileNotice[] = [];
  /** batches that the store has not answered yet, in their order */
  readonly #sent: Sent[] = [];
  #batchSize: number;
  #credit: number;
  #records: KindRecord[] = [];
  #raws: RawRecord[] = [];
  #headers: readonly string[] = [];
  #rejected = 0;
  #ignored = 0;
  #wake: (() => void) | null = null;

  constructor(task: KindTask, port: MessagePort) {
    this.#port = port;
    this.#rejects = new RejectsFile(task.rejects);
    this.#batchSize = task.batchSize;
    this.#credit = task.credit;
    port.on('message', (message: ToParser) => this.#answered(message));
  }

  async take(reader: KindReader, items: readonly KindItem[], bytesRead: number): Promise<void> {
    for (const item of items) {
      this.#headers = reader.headers;
      if (item.kind === 'notice') {
        if (this.#notices.length < MAX_NOTICES) this.#notices.push(item.notice);
        continue;
      }
      this.rows += 1;
      this.#takeRow(item);
      if (this.#records.length >= this.#batchSize) await this.#flush(bytesRead);
    }
  }

  #takeRow({ raw, conversion }: Extract<KindItem, { kind: 'row' }>): void {
    if (conversion.kind === 'ignored') this.#ignored += 1;
    else if (conversion.kind === 'record') {
      this.#records.push(conversion.record);
      this.#raws.push(raw);
    } else this.#reject(raw, conversion.problems, this.#headers);
  }

  #reject(
    raw: RawRecord,
    problems: Parameters<RejectsFile['add']>[1],
    headers: readonly string[],
  ): void {
    this.#rejected += 1;
    this.#rejects.add(raw, problems, headers);
  }

  /** What is left, and, when the store has answered everything, an empty batch with the final counts. */
  async end(bytesRead: number): Promise<void> {
    await this.#flush(bytesRead);
    await this.#allAnswered();
    await this.#flush(bytesRead, this.#notices);
    await this.#allAnswered();
    const hasRejects = this.#rejects.close();
    const { rows } = this;
    this.#post({
      type: 'done',
      rows,
      rejected: this.#rejected,
      hasRejects,
      notices: this.#notices,
    });
  }

  close(): void {
    this.#rejects.close();
  }

  async #flush(bytesRead: number, notices: FileNotice[] = []): Promise<void> {
    await this.#until(() => this.#credit > 0);
    this.#credit -= 1;
    const records = this.#records;
    this.#sent.push({ raws: this.#raws, headers: this.#headers });
    this.#post({
      type: 'batch',
      recordsJson: JSON.stringify(records),
      records: records.length,
      rows: this.rows,
      rejected: this.#rejected,
      ignored: this.#ignored,
      notices,
      bytesRead,
    });
    this.#records = [];
    this.#raws = [];
    this.#ignored = 0;
  }

  #answered({ batchSize, refused = [] }: ToParser): void {
    this.#credit += 1;
    this.#batchSize = batchSize;
    const sent = this.#sent.shift();
    for (const [index, finding] of refused) {
      const raw = sent?.raws[index];
      if (sent && raw) this.#reject(raw, [finding], sent.headers);
    }
    this.#wake?.();
  }

  #allAnswered(): Promise<void> {
    return this.#until(() => this.#sent.length === 0);
  }

  async #until(isTrue: () => boolean): Promise<void> {
    while (!isTrue()) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  #post(message: FromParser): void {
    this.#port.postMessage(message);
  }
}
