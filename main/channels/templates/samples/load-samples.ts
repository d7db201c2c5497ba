import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { messageChannel, templateBody } from '#shared/contract/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { SampleTemplate } from '../template-writes.ts';

const sampleFile = z.strictObject({
  /** for good: it is how a later version of the program knows the sample */
  templateId: z.uuid(),
  channel: messageChannel,
  name: z.string().min(1).max(120),
  position: z.number().int(),
  /** what it rests on, and that a lawyer has to read it */
  note: z.string().min(1),
  body: templateBody,
});

/**
 * Reads the templates that come with the program (`resources/message-templates`).
 * @throws AppError `template.bad-sample` naming the file
 */
export function loadSampleTemplates(folder: string): SampleTemplate[] {
  const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
  return files.sort().map((name) => {
    const parsed = sampleFile.safeParse(readJson(folder, name));
    if (!parsed.success) {
      throw new AppError('template.bad-sample', `sample ${name}: ${parsed.error.message}`);
    }
    const { note: _note, ...sample } = parsed.data;
    return sample;
  });
}

function readJson(folder: string, name: string): unknown {
  try {
    return JSON.parse(readFileSync(join(folder, name), 'utf8'));
  } catch (cause) {
    throw new AppError('template.bad-sample', `sample ${name} is not JSON`, { cause });
  }
}
