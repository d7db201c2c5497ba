import { Menu as Base } from '@base-ui/react/menu';
import { Check } from 'lucide-react';
import type { ReactElement, ReactNode } from 'react';
import { Kbd } from './kbd.tsx';
import popup from './popup.module.css';

export type MenuItem =
  | {
      id: string;
      label: string;
      icon?: ReactNode;
      shortcut?: string | undefined;
      /** marks the present choice of a group */
      chosen?: boolean;
      disabled?: boolean;
      onSelect: () => void;
    }
  | { id: string; heading: string }
  | { id: string; separator: true };

/** A list of actions behind a button. `trigger` is the button. */
export function Menu({
  trigger,
  items,
  align = 'start',
}: {
  trigger: ReactElement;
  items: readonly MenuItem[];
  align?: 'start' | 'end';
}) {
  return (
    <Base.Root>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner className={popup.positioner} sideOffset={4} align={align}>
          <Base.Popup className={popup.popup}>{items.map(renderItem)}</Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

function renderItem(item: MenuItem): ReactNode {
  if ('separator' in item) return <Base.Separator key={item.id} className={popup.separator} />;
  if ('heading' in item) {
    return (
      <div key={item.id} role="presentation" className={popup.groupLabel}>
        {item.heading}
      </div>
    );
  }
  const content = (
    <>
      {item.icon}
      <span>{item.label}</span>
      <span className={popup.end}>
        {item.chosen ? <Check size={14} aria-hidden="true" /> : null}
        {item.shortcut ? <Kbd binding={item.shortcut} /> : null}
      </span>
    </>
  );
  const shared = {
    className: popup.item,
    disabled: item.disabled ?? false,
    onClick: item.onSelect,
  };
  if (item.chosen === undefined) {
    return (
      <Base.Item key={item.id} {...shared}>
        {content}
      </Base.Item>
    );
  }
  return (
    <Base.CheckboxItem key={item.id} {...shared} checked={item.chosen} closeOnClick>
      {content}
    </Base.CheckboxItem>
  );
}
