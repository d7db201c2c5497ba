import { contactScreens } from './contact-screen-list.mjs';
import { debtorScreens } from './debtor-screen-list.mjs';
import { deskScreens } from './desk-screen-list.mjs';
import { leadScreens } from './lead-screen-list.mjs';
import { liveScreens } from './live-screen-list.mjs';
import { messageScreens } from './message-screen-list.mjs';
import { portfolioScreens } from './portfolio-screen-list.mjs';
import { preparationScreens } from './preparation-screen-list.mjs';
import { rulesScreens } from './rules-screen-list.mjs';
import { templateScreens } from './template-screen-list.mjs';

/**
 * Every designed state: a scenario of `scenarios.ts`, where it is looked at, and what is done first. A new page adds
 * its states here.
 * @type {readonly {
 *   name: string, scenario: string, path?: string, role?: string, navigation?: 'open', wide?: boolean, settleMs?: number,
 *   inlineStyles?: boolean,
 *   act?: (page: import('playwright-core').Page) => Promise<void>,
 * }[]}
 */
export const screens = [
  ...leadScreens,
  ...liveScreens,
  ...portfolioScreens,
  ...preparationScreens,
  ...rulesScreens,
  ...debtorScreens,
  ...contactScreens,
  ...messageScreens,
  ...templateScreens,
  ...deskScreens,
  { name: 'not-ready', scenario: 'notReady' },
  { name: 'ready', scenario: 'ready', wide: true },
  { name: 'dialing', scenario: 'dialing' },
  { name: 'talking', scenario: 'talking', wide: true },
  {
    name: 'talking-keypad',
    scenario: 'talking',
    act: async (page) => {
      await page.keyboard.press('k');
      await page.keyboard.press('5');
    },
  },
  {
    name: 'talking-promise',
    scenario: 'talking',
    settleMs: 300,
    act: (page) => page.keyboard.press('r'),
  },
  {
    name: 'talking-promise-kept',
    scenario: 'talking',
    settleMs: 300,
    act: async (page) => {
      await page.keyboard.press('r');
      await page.waitForTimeout(200);
      await page.keyboard.type('400');
      await page.keyboard.press('Enter');
    },
  },
  { name: 'held', scenario: 'held' },
  { name: 'unknown-caller', scenario: 'unknownCaller' },
  { name: 'wrap-up', scenario: 'wrapUp', wide: true },
  { name: 'wrap-up-agreed', scenario: 'wrapUpAgreed' },
  { name: 'wrap-up-promise', scenario: 'wrapUp', act: (page) => page.keyboard.press('2') },
  { name: 'wrap-up-callback', scenario: 'wrapUp', act: (page) => page.keyboard.press('5') },
  { name: 'offered', scenario: 'offered' },
  { name: 'lost', scenario: 'lost', settleMs: 400 },
  { name: 'no-microphone', scenario: 'noMicrophone' },
  { name: 'clock-suspect', scenario: 'clockSuspect', role: 'lead' },
  { name: 'empty', scenario: 'empty' },
  {
    name: 'dial-refused',
    scenario: 'dialRefused',
    act: async (page) => {
      await page.keyboard.press('d');
      await page.keyboard.type('+447700900123');
      await page.keyboard.press('Enter');
    },
  },
  { name: 'toast', scenario: 'toast', settleMs: 300 },
  {
    name: 'palette',
    scenario: 'ready',
    settleMs: 400,
    act: async (page) => {
      await page.keyboard.press('Control+k');
      await page.keyboard.type('kowal');
    },
  },
  { name: 'shortcuts', scenario: 'ready', settleMs: 300, act: (page) => page.keyboard.press('?') },
  {
    name: 'state-menu',
    scenario: 'ready',
    settleMs: 300,
    act: (page) => page.locator('header button').first().click(),
  },
  {
    name: 'person-menu',
    scenario: 'ready',
    settleMs: 300,
    act: (page) => page.locator('header button').last().click(),
  },
  {
    name: 'history-filter',
    scenario: 'talking',
    settleMs: 300,
    act: (page) => page.locator('[role=combobox]').first().click(),
  },
  { name: 'missed', scenario: 'ready', path: '/missed', navigation: 'open' },
  { name: 'not-found', scenario: 'ready', path: '/nowhere' },
  { name: 'login', scenario: 'login' },
  { name: 'login-used', scenario: 'loginUsed' },
  { name: 'outdated', scenario: 'outdated' },
];
