import { describe, expect, it } from 'vitest';
import { anId } from '../../testing/fixtures.ts';
import { auditDetails } from './audit-details.ts';

const people = [{ personId: anId(2) as string, displayName: 'Paweł Górski' }];
const nameOf = (name: string): string => (name === 'personId' ? 'Person' : name);

describe('details of an audit entry', () => {
  it('name people instead of their ids, and facts in words', () => {
    expect(auditDetails({ personId: anId(2), role: 'lead' }, people, nameOf)).toBe(
      'Person: Paweł Górski · role: lead',
    );
  });

  it('leave out ids that say nothing to a reader, and what is empty', () => {
    const details = { trunkId: anId(70), host: 'sip.example', by: null, keyId: 'k1' };
    expect(auditDetails(details, people, nameOf)).toBe('host: sip.example');
  });
});
