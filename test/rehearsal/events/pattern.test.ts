import { UnplayableError } from '../../../rehearsal/assembly/unplayable-error';
import { matches } from '../../../rehearsal/events/pattern';

const event = {
  'source': 'aws.sagemaker',
  'detail-type': 'SageMaker Processing Job State Change',
  'resources': ['arn:aws:x:1', 'arn:aws:x:2'],
  'detail': { name: 'churn-0a1b2c3d-2026112210-1', status: 'Completed', rows: 120, reason: null, tags: [{ k: 'a', v: '1' }, { k: 'b', v: '2' }], ip: '10.0.0.1' },
};

describe('event pattern', () => {
  test.each([
    [{ source: ['aws.sagemaker'], detail: { status: ['Failed', 'Completed'] } }],
    [{ resources: ['arn:aws:x:2'] }],
    [{ detail: { name: [{ prefix: 'churn-0a1b2c3d-' }] } }],
    [{ detail: { name: [{ prefix: { 'equals-ignore-case': 'CHURN-' } }] } }],
    [{ detail: { name: [{ suffix: '-1' }] } }],
    [{ detail: { name: [{ wildcard: 'churn-*-2026*-1' }] } }],
    [{ detail: { status: [{ 'equals-ignore-case': 'COMPLETED' }] } }],
    [{ detail: { status: [{ 'anything-but': 'Failed' }] } }],
    [{ detail: { status: [{ 'anything-but': ['Failed', 'Stopped'] }] } }],
    [{ detail: { name: [{ 'anything-but': { prefix: 'fraud-' } }] } }],
    [{ detail: { rows: [{ numeric: ['>', 100, '<=', 120] }] } }],
    [{ detail: { rows: [120] } }],
    [{ detail: { reason: [null] } }],
    [{ detail: { other: [{ exists: false }], status: [{ exists: true }] } }],
    [{ detail: { tags: { k: ['b'], v: ['2'] } } }],
    [{ $or: [{ source: ['nobody'] }, { detail: { rows: [{ numeric: ['=', 120] }] } }] }],
  ])('lets the event through: %j', (pattern) => {
    expect(matches(pattern, event)).toBe(true);
  });

  test.each([
    [{ source: ['aws.s3'] }],
    [{ source: ['aws.sagemaker'], detail: { status: ['Failed'] } }],
    [{ detail: { name: [{ prefix: 'churn-v2' }] } }],
    [{ detail: { rows: ['120'] } }],
    [{ detail: { rows: [{ numeric: ['<', 120] }] } }],
    [{ detail: { status: [{ 'anything-but': ['Completed'] }] } }],
    [{ detail: { other: [{ 'anything-but': 'x' }] } }],
    [{ detail: { other: [{ exists: true }] } }],
    [{ detail: { status: [{ exists: false }] } }],
    [{ detail: { missing: { deep: ['x'] } } }],
    [{ detail: { tags: { k: ['a'], v: ['2'] } } }],
    [{ $or: [{ source: ['nobody'] }, { source: ['nowhere'] }] }],
  ])('stops the event: %j', (pattern) => {
    expect(matches(pattern, event)).toBe(false);
  });

  test.each([
    [{ detail: { ip: [{ cidr: '10.0.0.0/8' }] } }, 'the event pattern\'s operator "cidr" of ip: the rehearsal knows exists, $or, prefix'],
    [{ detail: { rows: [{ numeric: ['~', 3] }] } }, 'the event pattern\'s numeric filter ["~",3] of rows'],
    [{ source: 'aws.sagemaker' }, 'the event pattern\'s value "aws.sagemaker" of source: it wants a list or an object'],
  ])('names what it cannot judge: %j', (pattern, message) => {
    expect(() => matches(pattern, event)).toThrow(UnplayableError);
    expect(() => matches(pattern, event)).toThrow(message);
  });
});
