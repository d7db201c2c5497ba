export { practiceLogins } from './practice-logins.ts';
export {
  type PracticeProviders,
  type PracticeProvidersOptions,
  type ProviderName,
  startPracticeProviders,
} from './practice-providers.ts';
