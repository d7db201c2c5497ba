import { Braces } from 'lucide-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { MessageField } from '#shared/contract/index.ts';
import { Button, Menu, type MenuItem } from '../../components/index.ts';
import { fieldsByType } from './template-draft.ts';

/** Everything that can be filled in, by what it is: a date, an amount, an account, a link. */
export function FieldMenu({ onChoose }: { onChoose: (field: MessageField) => void }) {
  const { t } = useTranslation();
  const items = useMemo<MenuItem[]>(
    () =>
      [...fieldsByType()].flatMap(([type, fields]) => [
        { id: `type ${type}`, heading: t(`templates.type-${type}`) },
        ...fields.map((field) => ({
          id: field,
          label: t(`message-field.${field}`),
          onSelect: () => onChoose(field),
        })),
      ]),
    [t, onChoose],
  );
  return (
    <Menu
      items={items}
      trigger={
        <Button look="quiet" icon={<Braces size={14} aria-hidden="true" />}>
          {t('templates.insert-field')}
        </Button>
      }
    />
  );
}
