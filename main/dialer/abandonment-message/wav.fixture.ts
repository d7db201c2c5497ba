/** How a WAV file of a test is written. */
export interface WavShape {
  coding?: 'pcm' | 'aLaw' | 'muLaw';
  channels?: number;
  rate?: number;
  bits?: number;
  /** the coding stands in the longer format chunk */
  extensible?: boolean;
  /** chunks that nobody needs come first */
  withList?: boolean;
}

const codes = { pcm: 1, aLaw: 6, muLaw: 7 };

/** A WAV file around bytes of sound. */
export function wavFile(data: Buffer, shape: WavShape = {}): Buffer {
  const { coding = 'pcm', channels = 1, rate = 8_000, extensible = false } = shape;
  const bits = shape.bits ?? (coding === 'pcm' ? 16 : 8);
  const format = Buffer.alloc(extensible ? 40 : 16);
  format.writeUInt16LE(extensible ? 0xfffe : codes[coding], 0);
  format.writeUInt16LE(channels, 2);
  format.writeUInt32LE(rate, 4);
  format.writeUInt32LE((rate * channels * bits) / 8, 8);
  format.writeUInt16LE((channels * bits) / 8, 12);
  format.writeUInt16LE(bits, 14);
  if (extensible) format.writeUInt16LE(codes[coding], 24);
  const list = shape.withList ? [chunk('LIST', Buffer.from('INFOodd'))] : [];
  const body = Buffer.concat([...list, chunk('fmt ', format), chunk('data', data)]);
  return Buffer.concat([chunkHead('RIFF', body.length + 4), Buffer.from('WAVE'), body]);
}

/** A tone as 16-bit samples; two channels carry the same. */
export function toneData(
  seconds: number,
  { hz = 440, rate = 8_000, channels = 1, level = 8_000 } = {},
): Buffer {
  const frames = Math.round(seconds * rate);
  const data = Buffer.alloc(frames * channels * 2);
  for (let at = 0; at < frames; at += 1) {
    const sample = Math.round(level * Math.sin((2 * Math.PI * hz * at) / rate));
    for (let channel = 0; channel < channels; channel += 1)
      data.writeInt16LE(sample, (at * channels + channel) * 2);
  }
  return data;
}

function chunk(name: string, body: Buffer): Buffer {
  return Buffer.concat([chunkHead(name, body.length), body, Buffer.alloc(body.length % 2)]);
}

function chunkHead(name: string, length: number): Buffer {
  const head = Buffer.alloc(8);
  head.write(name, 0, 'latin1');
  head.writeUInt32LE(length, 4);
  return head;
}
