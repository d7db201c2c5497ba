import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { createI18n, isLanguage, systemLanguage } from './i18n.ts';
import { startRouter } from './router.ts';
import type { Services } from './services.ts';

/** Puts the screens into the page. */
export function render(services: Services): void {
  const chosen = services.preferences.get('language');
  const i18n = createI18n(isLanguage(chosen) ? chosen : systemLanguage());
  startRouter();
  const root = document.getElementById('root');
  if (!root) throw new Error('the page has no #root');
  createRoot(root).render(
    <StrictMode>
      <App services={services} i18n={i18n} />
    </StrictMode>,
  );
}
