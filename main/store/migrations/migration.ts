/** One step of the schema. Append-only: a released migration is never edited. */
export interface Migration {
  /** 1, 2, 3 … without gaps; the same as the number in the file's name */
  version: number;
  name: string;
  sql: string;
}
