/** Reads octets one after another; what is not there is a damaged PDU. */
export class OctetReader {
  readonly #octets: Uint8Array;
  #at = 0;

  constructor(octets: Uint8Array) {
    this.#octets = octets;
  }

  get left(): number {
    return this.#octets.length - this.#at;
  }

  /** @throws RangeError */
  octet(): number {
    const value = this.#octets[this.#at];
    if (value === undefined) throw new RangeError('the PDU is cut off');
    this.#at += 1;
    return value;
  }

  /** @throws RangeError */
  take(count: number): Uint8Array {
    if (count > this.left) throw new RangeError('the PDU is cut off');
    const taken = this.#octets.subarray(this.#at, this.#at + count);
    this.#at += count;
    return taken;
  }
}

/** @throws RangeError when it is no hexadecimal text of whole octets */
export function fromHex(hex: string): Uint8Array {
  if (!/^([0-9A-Fa-f]{2})+$/.test(hex)) throw new RangeError('not hexadecimal');
  return Uint8Array.from(Buffer.from(hex, 'hex'));
}

export function toHex(octets: Uint8Array): string {
  return Buffer.from(octets).toString('hex').toUpperCase();
}
