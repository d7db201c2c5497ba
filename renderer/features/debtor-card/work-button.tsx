import { Plus } from 'lucide-react';
import { Button } from '../../components/index.ts';
import { useWork, type WorkSheet } from '../work/work-context.ts';

/** Opens a form beside the card; absent where no form can be opened. */
export function WorkButton({ sheet, label }: { sheet: WorkSheet; label: string }) {
  const work = useWork();
  if (work === null) return null;
  return (
    <Button
      look="quiet"
      icon={<Plus size={14} aria-hidden="true" />}
      onClick={() => work.open(sheet)}
    >
      {label}
    </Button>
  );
}
