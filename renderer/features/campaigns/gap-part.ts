import { navigate, routeStore } from '../../app/router.ts';
import type { CampaignFormGap } from './settings-form.ts';

/** Opens the part of the editor in which the first gap is; its field takes the focus once it is drawn. */
export function openGap(gaps: readonly CampaignFormGap[]): void {
  const { path, query } = routeStore.getState();
  const { part: _, ...rest } = query;
  const inBasics = gaps.some((gap) => gap !== 'strategyName');
  navigate(path, inBasics ? rest : { ...rest, part: 'strategy' }, { replace: true });
}
