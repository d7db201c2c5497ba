/** An address with its type of number and numbering plan (SMPP 3.4 §5.2.5, §5.2.6). */
export interface SmppAddress {
  ton: number;
  npi: number;
  address: string;
}

const ton = { unknown: 0, international: 1, networkSpecific: 3, alphanumeric: 5 } as const;
const npi = { unknown: 0, e164: 1 } as const;

/** @param sender a name, a short code, or E.164 with `+`; null: the SMSC shows its usual one */
export function senderAddress(sender: string | null): SmppAddress {
  if (sender === null || sender === '') return { ton: ton.unknown, npi: npi.unknown, address: '' };
  if (sender.startsWith('+')) return numberAddress(sender);
  if (/^\d+$/.test(sender)) return { ton: ton.networkSpecific, npi: npi.unknown, address: sender };
  return { ton: ton.alphanumeric, npi: npi.unknown, address: sender };
}

/** @param number E.164 with `+`, which the protocol leaves out */
export function numberAddress(number: string): SmppAddress {
  return { ton: ton.international, npi: npi.e164, address: number.replace(/^\+/, '') };
}

/**
 * What an SMSC says of an address, as E.164 where that is certain: it says international, or writes it so. A number without
 * a country stays as it came: whose country it is, the SMSC alone knows.
 */
export function readAddress({ ton: type, npi: plan, address }: SmppAddress): string {
  if (/^\+[1-9]\d{6,14}$/.test(address)) return address;
  if (/^00[1-9]\d{6,14}$/.test(address) && type !== ton.alphanumeric) return `+${address.slice(2)}`;
  if (!/^[1-9]\d{6,14}$/.test(address)) return address;
  if (type === ton.international) return `+${address}`;
  const saysInternational = type === ton.unknown && plan === npi.e164 && address.length >= 10;
  return saysInternational ? `+${address}` : address;
}

/** Whether both name one phone, however the country is written. */
export function samePhone(a: string, b: string): boolean {
  const digits = [a, b].map((address) => address.replace(/\D/g, '').slice(-9));
  return digits[0] !== '' && digits[0] === digits[1];
}
