const debtor = '/debtor/00000000-0000-7000-8000-000000000010';

/** @param {string[]} keys */
const press =
  (...keys) =>
  /** @param {import('playwright-core').Page} page */
  async (page) => {
    const [first = '', ...others] = keys;
    await page.keyboard.press(first);
    await page.locator('[role=dialog] [role=radiogroup]').last().waitFor();
    for (const key of others) await page.keyboard.press(key);
  };

/**
 * Messages in the middle of a call: each kind, and each thing that can stand in the way.
 * @type {typeof import('./screen-list.mjs').screens}
 */
export const messageScreens = [
  { name: 'message-sms', scenario: 'message', wide: true, settleMs: 400, act: press('s') },
  {
    name: 'message-sms-changed',
    scenario: 'message',
    settleMs: 500,
    act: async (page) => {
      await press('s', 't')(page);
      await page.locator('[role=dialog] textarea:focus').waitFor();
      await page.keyboard.type(' Do usłyszenia 🙂');
    },
  },
  { name: 'message-senders', scenario: 'messageSenders', settleMs: 400, act: press('s') },
  { name: 'message-sms-own', scenario: 'message', settleMs: 400, act: press('s', '0') },
  { name: 'message-sms-later', scenario: 'message', settleMs: 400, act: press('s', 'l') },
  { name: 'message-refused', scenario: 'messageRefused', settleMs: 400, act: press('s') },
  {
    name: 'message-exception',
    scenario: 'messageRefused',
    settleMs: 500,
    act: async (page) => {
      await press('s')(page);
      await page.locator('[role=dialog] [aria-controls]').click();
    },
  },
  {
    name: 'message-refused-later',
    scenario: 'messageRefused',
    settleMs: 400,
    act: press('s', 'l'),
  },
  { name: 'message-opted-out', scenario: 'messageOptedOut', settleMs: 400, act: press('s') },
  { name: 'message-problems', scenario: 'messageProblems', settleMs: 400, act: press('s') },
  { name: 'message-unidentified', scenario: 'messageUnidentified', settleMs: 400, act: press('s') },
  { name: 'message-veiled', scenario: 'messageVeiled', settleMs: 400, act: press('s') },
  {
    name: 'message-veiled-contact',
    scenario: 'messageVeiled',
    settleMs: 400,
    act: press('s', '4'),
  },
  { name: 'message-mms', scenario: 'message', wide: true, settleMs: 600, act: press('m') },
  {
    name: 'message-email',
    scenario: 'message',
    inlineStyles: true,
    wide: true,
    settleMs: 700,
    act: press('e'),
  },
  {
    name: 'message-email-changed',
    scenario: 'message',
    inlineStyles: true,
    settleMs: 500,
    act: press('e', 't'),
  },
  {
    name: 'message-no-gateway',
    scenario: 'messageNoGateway',
    settleMs: 400,
    act: (page) => page.keyboard.press('s'),
  },
  {
    name: 'message-nobody',
    scenario: 'messageNobody',
    settleMs: 400,
    act: (page) => page.keyboard.press('e'),
  },
  {
    name: 'message-failing',
    scenario: 'messageFailing',
    settleMs: 400,
    act: (page) => page.keyboard.press('s'),
  },
  { name: 'messages-sent', scenario: 'messagesSent', path: debtor, wide: true, settleMs: 400 },
];
