import { CircleUser } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Principal } from '#shared/contract/index.ts';
import { IconButton } from '../../components/icon-button.tsx';
import { Menu } from '../../components/menu.tsx';
import { isLanguage, languageNames, languages, systemLanguage } from '../i18n.ts';
import { usePreference } from '../services.ts';
import { shortcutsSheet } from './shortcuts-sheet.tsx';

const themes = ['system', 'light', 'dark'] as const;

/** Who is logged in, and what they choose for themselves. */
export function PersonMenu({ principal }: { principal: Principal }) {
  const { t } = useTranslation();
  const [theme, setTheme] = usePreference('theme', 'system');
  const [chosen, setLanguage] = usePreference('language', '');
  const [singleKeys, setSingleKeys] = usePreference('singleKeys', true);
  const language = isLanguage(chosen) ? chosen : systemLanguage();
  return (
    <Menu
      align="end"
      trigger={
        <IconButton
          label={t('person.menu', { name: principal.displayName })}
          icon={<CircleUser size={18} aria-hidden="true" />}
        />
      }
      items={[
        { id: 'who', heading: `${principal.displayName} · ${t(`role.${principal.role}`)}` },
        { id: 'theme', heading: t('person.theme') },
        ...themes.map((name) => ({
          id: `theme-${name}`,
          label: t(`theme.${name}`),
          chosen: theme === name,
          onSelect: () => setTheme(name),
        })),
        { id: 'language', heading: t('person.language') },
        ...languages.map((name) => ({
          id: `language-${name}`,
          label: languageNames[name],
          chosen: language === name,
          onSelect: () => setLanguage(name),
        })),
        { id: 'keys-line', separator: true as const },
        {
          id: 'single-keys',
          label: t('person.single-keys'),
          chosen: singleKeys,
          onSelect: () => setSingleKeys(!singleKeys),
        },
        {
          id: 'shortcuts',
          label: t('person.shortcuts'),
          shortcut: '?',
          onSelect: () => shortcutsSheet.setState({ open: true }),
        },
      ]}
    />
  );
}
