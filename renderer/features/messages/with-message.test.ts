import { expect, it } from 'vitest';
import { anId, fixedNow } from '../../testing/fixture-base.ts';
import { aMessage } from '../../testing/message-fixtures.ts';
import { withMessage } from './with-message.ts';

it('a newer version takes the place of the one that is known', () => {
  const sent = aMessage({ state: 'permitted' });
  const [only, ...others] = withMessage([sent], { ...sent, state: 'delivered' });
  expect(only?.state).toBe('delivered');
  expect(others).toEqual([]);
});

it('a new message is put in by its time, newest first', () => {
  const older = aMessage({ messageId: anId(1), queuedAt: fixedNow - 1_000 });
  const newer = aMessage({ messageId: anId(2), queuedAt: fixedNow });
  expect(withMessage([newer], older).map(({ messageId }) => messageId)).toEqual([anId(2), anId(1)]);
  expect(withMessage([older], newer).map(({ messageId }) => messageId)).toEqual([anId(2), anId(1)]);
});
