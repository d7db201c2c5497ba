import { CSPProvider } from '@base-ui/react/csp-provider';
import { Tooltip } from '@base-ui/react/tooltip';
import type { i18n } from 'i18next';
import { I18nextProvider } from 'react-i18next';
import { Toaster } from '../components/toast.tsx';
import { Login } from '../features/login/index.ts';
import { type Services, ServicesContext, useConnection } from './services.ts';
import { LiveRegions } from './shell/live-regions.tsx';
import { Shell } from './shell/shell.tsx';
import { Starting } from './shell/starting.tsx';
import { ThemeAndLanguage } from './theme.tsx';

export function App({ services, i18n }: { services: Services; i18n: i18n }) {
  return (
    <I18nextProvider i18n={i18n}>
      <ServicesContext value={services}>
        <CSPProvider disableStyleElements>
          <Tooltip.Provider delay={500} closeDelay={0}>
            <ThemeAndLanguage />
            <LiveRegions />
            <Toaster />
            <Content />
          </Tooltip.Provider>
        </CSPProvider>
      </ServicesContext>
    </I18nextProvider>
  );
}

/** Once someone is logged in the screens stay, also while the engine is away: only the banner changes. */
function Content() {
  const state = useConnection((view) => view.state);
  const principal = useConnection((view) => view.principal);
  if (state.kind === 'refused') return <Login code={state.code} />;
  if (principal === null) return <Starting since={state.since} lost={state.kind === 'lost'} />;
  return <Shell principal={principal} />;
}
