import { Ellipsis } from 'lucide-react';
import { IconButton, Menu, type MenuItem } from '../../components/index.ts';

/** What can be done with one row; nothing where there is nothing. */
export function RowMenu({ label, items }: { label: string; items: readonly MenuItem[] }) {
  if (items.length === 0) return null;
  return (
    <Menu
      align="end"
      items={items}
      trigger={<IconButton label={label} icon={<Ellipsis size={16} aria-hidden="true" />} />}
    />
  );
}
