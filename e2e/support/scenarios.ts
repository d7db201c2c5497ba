import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Every number answers at once; its last digit says how: 0 echoes, 1–8 send 300 to 1000 Hz, 9 is silent. */
export const tonesScenario = join(
  fileURLToPath(new URL('../..', import.meta.url)),
  'resources',
  'practice',
  'tones.json',
);

/** For calls by hand and calls to the firm: all debtors answer at once with one tone, and one of them soon hangs up. */
export const DEBTOR_HZ = 700;
export const SHORT_TEMPERED = '+447700900009';
export const steadyScenario = {
  name: 'steady',
  seed: 1,
  numbers: [
    {
      match: { exact: SHORT_TEMPERED },
      outcomes: [
        {
          weight: 1,
          behaviour: { kind: 'tone', hz: DEBTOR_HZ, afterMs: 100, hangUpAfterMs: 1500 },
        },
      ],
    },
  ],
  otherwise: { kind: 'tone', hz: DEBTOR_HZ, afterMs: 100 },
};
