import { describe, expect, it } from 'vitest';
import type { PortfolioId } from '#shared/domain/index.ts';
import { emptyTarget, targetInput, targetProblem } from './import-target.ts';

const portfolios = [{ portfolioId: 'p1' as PortfolioId, name: 'Nest' }];
const target = emptyTarget('october');

describe('where the records of a file go', () => {
  it('is a new portfolio of the file’s name', () => {
    expect(targetProblem('portfolio', target, portfolios)).toBeNull();
    expect(targetInput('portfolio', target, portfolios)).toEqual({
      portfolioName: 'october',
      creditorName: '',
      mergeBy: 'auto',
    });
    expect(targetProblem('portfolio', { ...target, portfolioName: ' ' }, [])).toBe('name');
  });

  it('says of a new portfolio whether somebody worked it before, and not of one that is there', () => {
    const told = { ...target, priorContact: 'none' } as const;
    expect(targetInput('portfolio', told, portfolios)).toMatchObject({ priorContact: 'none' });
    expect(targetInput('portfolio', { ...told, portfolioId: 'p1' }, portfolios)).not.toHaveProperty(
      'priorContact',
    );
    expect(targetInput('payments', told, portfolios)).toEqual({});
  });

  it('is a portfolio that is there, by its id', () => {
    const chosen = { ...target, portfolioId: 'p1', portfolioName: '' };
    expect(targetProblem('portfolio', chosen, portfolios)).toBeNull();
    expect(targetInput('agencyHistory', chosen, portfolios)).toEqual({
      portfolioId: 'p1',
      portfolioName: 'Nest',
    });
  });

  it('must be said for a history, and need not for payments', () => {
    expect(targetProblem('agencyHistory', target, portfolios)).toBe('portfolio');
    expect(targetProblem('payments', target, portfolios)).toBeNull();
    expect(targetInput('bankStatement', target, portfolios)).toEqual({});
  });

  it('is a list of numbers, with nothing about portfolios', () => {
    expect(targetProblem('doNotCall', { ...target, listName: '' }, portfolios)).toBe('list');
    expect(targetInput('doNotCall', { ...target, replaceList: true }, portfolios)).toEqual({
      listName: 'october',
      replaceList: true,
    });
  });
});
