/** What is used of the package `smpp`, which has no types of its own. */
declare module 'smpp' {
  interface FieldType {
    read(buffer: Buffer, offset: number): unknown;
    size(value: unknown): number;
  }
  interface PackagePdu {
    toBuffer(): Buffer;
  }
  interface Command {
    id: number;
    command: string;
    params?: Record<string, { type: FieldType }>;
  }
  const smpp: {
    PDU: new (command: string, options: Record<string, unknown>) => PackagePdu;
    commands: Record<string, Command>;
    commandsById: Record<number, Command>;
    errors: Record<string, number>;
  };
  export default smpp;
}
