import { describe, expect, it } from 'vitest';
import { modemSettings } from '#shared/contract/gateway-settings.schema.ts';
import type { AtDialog, AtReply } from './at/at-dialog.ts';
import { prepareModem } from './prepare-modem.ts';

/** A modem that agrees to everything but this. */
function dialogWithout(refused: string): AtDialog {
  const answers: Record<string, string[]> = {
    '+CPIN?': ['+CPIN: READY'],
    '+CREG?': ['+CREG: 0,1'],
    '+CSCA?': ['+CSCA: "+48000000000",145'],
  };
  const dialog = {
    command: async (text: string): Promise<AtReply> =>
      text.startsWith(refused)
        ? { ok: false, final: '+CME ERROR: 4', lines: [] }
        : { ok: true, lines: answers[text] ?? [] },
    setTextMode: () => {},
  };
  return dialog as unknown as AtDialog;
}

function prepare(mode: 'pdu' | 'text', refused: string) {
  const settings = modemSettings.parse({
    kind: 'modem',
    name: 'M',
    port: 'tcp://127.0.0.1:1',
    mode,
  });
  return prepareModem(dialogWithout(refused), {
    settings,
    pin: undefined,
    refused: { has: () => false, add: async () => {} } as never,
  });
}

describe('a modem that cannot write texts as numbers', () => {
  it('is not used in text mode: an "OK" of a debtor would be taken for its answer', async () => {
    await expect(prepare('text', '+CSCS=')).rejects.toMatchObject({
      code: 'gateway.modem-alphabet',
    });
  });

  it('is used in PDU mode, where all texts are numbers', async () => {
    expect(await prepare('pdu', '+CSCS=')).toMatchObject({ mode: 'pdu' });
    expect(await prepare('text', '+NOTHING')).toMatchObject({ mode: 'text' });
  });
});
