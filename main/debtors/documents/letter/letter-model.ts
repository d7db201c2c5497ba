import type { DocumentLanguage } from '#shared/contract/index.ts';

/** A letter with every field filled in: what is left is to draw it. Plain data: it goes to a thread. */
export interface LetterModel {
  language: DocumentLanguage;
  paper: 'A4' | 'LETTER';
  /** of the document, for programs that list it */
  title: string;
  author: string;
  /** epoch ms; the same letter of the same date has the same bytes */
  madeAt: number;
  /** first line is the firm's name */
  head: readonly string[];
  logo: { base64: string; width: number; height: number } | null;
  recipient: readonly string[];
  dateLine: string;
  referenceLine: string;
  subject: string;
  blocks: readonly LetterBlock[];
  footer: readonly string[];
  /** `{{page}}` and `{{pages}}` stand for the numbers */
  pageLine: string;
}

export type LetterBlock =
  | {
      kind: 'text';
      style: 'normal' | 'heading' | 'strong' | 'small';
      align: 'left' | 'center' | 'right' | 'justify';
      text: string;
    }
  | {
      kind: 'table';
      columns: readonly TableColumn[];
      rows: readonly string[][];
      totals: readonly string[][];
    }
  | { kind: 'box'; rows: readonly (readonly [label: string, value: string])[] }
  | { kind: 'signature'; text: string }
  | { kind: 'space'; millimetres: number }
  | { kind: 'pageBreak' };

export interface TableColumn {
  title: string;
  align: 'left' | 'right';
}
