/// <reference path="./smpp-package.d.ts" />
import smpp from 'smpp';

/**
 * Every PDU (SMPP 3.4 §3.2), 32-bit integers with the high octet first:
 *
 *     0              4            8                12                16
 *     command_length command_id   command_status   sequence_number   fields … TLVs …
 *
 * A TLV is `tag` and `length` of 16 bits each, and `length` octets.
 */
export const headerBytes = 16;
/** The largest that is believed: a `message_payload` of 64 kB with all around it. */
export const maxPduBytes = 70_000;

/** Fields by the names of the specification; a PDU has those of its command. */
export interface PduFields {
  system_id?: string;
  password?: string;
  system_type?: string;
  interface_version?: number;
  address_range?: string;
  service_type?: string;
  source_addr_ton?: number;
  source_addr_npi?: number;
  source_addr?: string;
  dest_addr_ton?: number;
  dest_addr_npi?: number;
  destination_addr?: string;
  esm_class?: number;
  protocol_id?: number;
  priority_flag?: number;
  schedule_delivery_time?: string;
  validity_period?: string;
  registered_delivery?: number;
  data_coding?: number;
  short_message?: Uint8Array;
  message_id?: string;
  message_state?: number;
  error_code?: number;
  final_date?: string;
}

/** The optional parameters that are used here; others are passed over. */
export interface PduTlvs {
  receipted_message_id?: string;
  message_state?: number;
  network_error_code?: Uint8Array;
  user_message_reference?: number;
  sar_msg_ref_num?: number;
  sar_total_segments?: number;
  sar_segment_seqnum?: number;
  message_payload?: Uint8Array;
}

export interface Pdu {
  /** as the specification names it; `unknown` for an id that it does not have */
  command: string;
  commandId: number;
  status: number;
  sequence: number;
  fields: PduFields;
  tlvs: PduTlvs;
}

/**
 * The package's PDU without its filters: they guess encodings by the text, turn instants into dates of this machine's time
 * zone, and assign an undeclared variable, which fails in the strict code of a bundle. Texts are octets here.
 */
class PlainPdu extends smpp.PDU {
  _filter(): void {}
}

/** @param status other than 0: the header alone, as §3.2 allows of answers that refuse */
export function encodePdu(
  command: string,
  sequence: number,
  { status = 0, fields = {}, tlvs = {} }: { status?: number; fields?: PduFields; tlvs?: PduTlvs },
): Buffer {
  const options: Record<string, unknown> = { command_status: status, sequence_number: sequence };
  for (const [name, value] of [...Object.entries(fields), ...Object.entries(tlvs)]) {
    options[name] = value instanceof Uint8Array ? Buffer.from(value) : value;
  }
  return new PlainPdu(command, options).toBuffer();
}

/**
 * @param bytes one PDU, as long as its `command_length` says
 * @throws RangeError when its fields do not fit into it
 */
export function decodePdu(bytes: Buffer): Pdu {
  const commandId = bytes.readUInt32BE(4);
  const command = smpp.commandsById[commandId];
  const pdu: Pdu = {
    command: command?.command ?? 'unknown',
    commandId,
    status: bytes.readUInt32BE(8),
    sequence: bytes.readUInt32BE(12),
    fields: {},
    tlvs: {},
  };
  if (command === undefined) return pdu;
  const fields: Record<string, unknown> = {};
  let offset = headerBytes;
  for (const [name, { type }] of Object.entries(command.params ?? {})) {
    if (offset >= bytes.length) break;
    const value = type.read(bytes, offset);
    fields[name] = value;
    offset += type.size(value);
  }
  pdu.fields = fields;
  pdu.tlvs = readTlvs(bytes.subarray(offset));
  return pdu;
}

type TlvReader = (value: Buffer) => string | number | Uint8Array;
const integer: TlvReader = (value) => value.readUIntBE(0, Math.min(value.length, 4));
const octets: TlvReader = (value) => Uint8Array.from(value);
/** Many leave out the NUL that ends it, and then the package reads into the next parameter. */
const text: TlvReader = (value) => value.toString('latin1').replace(/\0.*$/s, '');

/** §5.3.2 */
const tlvReaders: Readonly<Record<number, [name: keyof PduTlvs, read: TlvReader]>> = {
  30: ['receipted_message_id', text],
  516: ['user_message_reference', integer],
  524: ['sar_msg_ref_num', integer],
  526: ['sar_total_segments', integer],
  527: ['sar_segment_seqnum', integer],
  1059: ['network_error_code', octets],
  1060: ['message_payload', octets],
  1063: ['message_state', integer],
};

function readTlvs(bytes: Buffer): PduTlvs {
  const tlvs: Record<string, unknown> = {};
  let offset = 0;
  while (offset + 4 <= bytes.length) {
    const length = bytes.readUInt16BE(offset + 2);
    const value = bytes.subarray(offset + 4, offset + 4 + length);
    const reader = tlvReaders[bytes.readUInt16BE(offset)];
    if (reader !== undefined && (value.length > 0 || reader[1] !== integer)) {
      tlvs[reader[0]] = reader[1](value);
    }
    offset += 4 + length;
  }
  return tlvs;
}

/** @param command a request: answers carry the highest bit (§5.1.2.1) */
export function isAnswer({ commandId }: Pdu): boolean {
  return commandId >= 0x80000000;
}
