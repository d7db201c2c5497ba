import { describe, expect, it } from 'vitest';
import { findPage, type PageDefinition, pagesFor } from './pages.ts';

const component = () => null;
const icon = component as never;
const pages: PageDefinition[] = [
  {
    path: '/workspace',
    titleKey: 'a',
    roles: ['agent', 'lead'],
    navigation: { icon, order: 1 },
    component,
  },
  { path: '/people', titleKey: 'b', roles: ['lead'], navigation: { icon, order: 2 }, component },
  { path: '/debtor/:debtorId', titleKey: 'c', roles: ['agent'], component },
];

describe('pages', () => {
  it('are those of the role', () => {
    expect(pagesFor('agent', pages).map((page) => page.path)).toEqual([
      '/workspace',
      '/debtor/:debtorId',
    ]);
    expect(findPage('/people', 'agent', pages)).toBeNull();
    expect(findPage('/people', 'lead', pages)?.page.path).toBe('/people');
  });

  it('start with the first of the navigation', () => {
    expect(findPage('/', 'lead', pages)?.page.path).toBe('/workspace');
    expect(findPage('/', 'machine', pages)).toBeNull();
  });

  it('get the parameters of their address', () => {
    expect(findPage('/debtor/7', 'agent', pages)?.parameters).toEqual({ debtorId: '7' });
  });
});
