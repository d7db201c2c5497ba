import { describe, expect, it } from 'vitest';
import { anId } from '../../testing/fixtures.ts';
import { auditDetails } from './audit-details.ts';

const people = [{ personId: anId(2) as string, displayName: 'Paweł Górski' }];

describe('details of an audit entry', () => {
  it('name people instead of their ids', () => {
    expect(auditDetails({ personId: anId(2), role: 'lead' }, people)).toBe(
      'personId: Paweł Górski · role: lead',
    );
  });

  it('leave out ids that say nothing to a reader, and what is empty', () => {
    expect(auditDetails({ trunkId: anId(70), host: 'sip.example', by: null }, people)).toBe(
      'host: sip.example',
    );
  });
});
