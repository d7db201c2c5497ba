import { expect, it } from 'vitest';
import { childEnvironment } from './child-environment.ts';

it('passes on what is neither secret nor steers a runtime', () => {
  const passed = childEnvironment({
    PATH: '/bin',
    DIALDESK_RESOURCES: '/r',
    DIALDESK_PASSPHRASE: 'for the engine',
    DIALDESK_TOKEN: 'x',
    GITHUB_TOKEN: 'x',
    DB_PASSWORD: 'x',
    OPENAI_API_KEY: 'x',
    NODE_OPTIONS: '--inspect',
    ELECTRON_RUN_AS_NODE: '1',
    npm_config_registry: 'x',
    LD_PRELOAD: 'x',
    DIALDESK_BROWSER_FLAGS: '--headless',
    EMPTY: undefined,
  });
  expect(passed).toEqual({
    PATH: '/bin',
    DIALDESK_RESOURCES: '/r',
    DIALDESK_PASSPHRASE: 'for the engine',
  });
});

it('gives a child what is named for it, also when it looks secret', () => {
  expect(childEnvironment({ A: '1' }, { A: '2', X_TOKEN: 'mine' })).toEqual({
    A: '2',
    X_TOKEN: 'mine',
  });
});
