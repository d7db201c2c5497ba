/** A stream of bytes to a modem: a serial port of this machine, or one on the network. */
export interface ByteLine {
  write(bytes: Uint8Array): void;
  /** Ends it; nothing is heard of it any more. Resolves when the port is free for others. */
  close(): Promise<void>;
}

export interface ByteLineEvents {
  onData(bytes: Uint8Array): void;
  /** it ended by itself: unplugged, or the far end closed it; at most once */
  onEnd(reason: string): void;
}

export interface LineAddress {
  /** `COM3`, `/dev/ttyUSB0`, `tcp://host:port` */
  port: string;
  baudRate: number;
}

/** @throws AppError `gateway.modem-no-port`, `gateway.modem-port-busy`, `gateway.modem-port-denied`, `gateway.bad-address` */
export type OpenLine = (address: LineAddress, events: ByteLineEvents) => Promise<ByteLine>;
