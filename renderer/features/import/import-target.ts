import type {
  CommandInput,
  ImportKind,
  ImportMergeKey,
  PriorContact,
} from '#shared/contract/index.ts';
import type { PortfolioId } from '#shared/domain/index.ts';

/** What a person says about where the records of a file go. */
export interface ImportTarget {
  /** a portfolio's id; '' is a new one, or for payments and statements all of them */
  portfolioId: string;
  portfolioName: string;
  creditorName: string;
  mergeBy: ImportMergeKey;
  /** of a portfolio that is new; null: not said, and the engine takes the safe side */
  priorContact: PriorContact | null;
  listName: string;
  replaceList: boolean;
}

interface Known {
  portfolioId: PortfolioId;
  name: string;
}

export function emptyTarget(name: string): ImportTarget {
  return {
    portfolioId: '',
    portfolioName: name,
    creditorName: '',
    mergeBy: 'auto',
    priorContact: null,
    listName: name,
    replaceList: false,
  };
}

/** What is still to be said; null when nothing is. */
export type TargetProblem = 'name' | 'portfolio' | 'list';

export function targetProblem(
  kind: ImportKind,
  target: ImportTarget,
  portfolios: readonly Known[],
): TargetProblem | null {
  const chosen = portfolios.some((one) => one.portfolioId === target.portfolioId);
  if (kind === 'portfolio') return chosen || target.portfolioName.trim() !== '' ? null : 'name';
  if (kind === 'agencyHistory') return chosen ? null : 'portfolio';
  if (kind === 'doNotCall') return target.listName.trim() === '' ? 'list' : null;
  return null;
}

type TargetInput = Partial<
  Pick<
    CommandInput<'import.commit'>,
    | 'portfolioId'
    | 'portfolioName'
    | 'creditorName'
    | 'mergeBy'
    | 'priorContact'
    | 'listName'
    | 'replaceList'
  >
>;

/** The part of `import.commit` that says it; only what belongs to this kind of file. */
export function targetInput(
  kind: ImportKind,
  target: ImportTarget,
  portfolios: readonly Known[],
): TargetInput {
  const chosen = portfolios.find((one) => one.portfolioId === target.portfolioId);
  if (kind === 'doNotCall') {
    return { listName: target.listName.trim(), replaceList: target.replaceList };
  }
  const portfolio = chosen
    ? { portfolioId: chosen.portfolioId, portfolioName: chosen.name }
    : kind === 'portfolio'
      ? { portfolioName: target.portfolioName.trim() }
      : {};
  if (kind !== 'portfolio') return portfolio;
  return {
    ...portfolio,
    creditorName: target.creditorName.trim(),
    mergeBy: target.mergeBy,
    // a portfolio that is there has its own answer, which is changed on its page
    ...(chosen || target.priorContact === null ? {} : { priorContact: target.priorContact }),
  };
}
