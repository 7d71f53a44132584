import { AlarmState, parseCompositeRule } from '../../../rehearsal/aws';

const STATES: Readonly<Record<string, AlarmState>> = { 'raised': 'ALARM', 'fine': 'OK', 'new': 'INSUFFICIENT_DATA', 'a "b" (c), d': 'ALARM' };

function isTrue(rule: string): boolean {
  return parseCompositeRule(rule).isTrue(name => STATES[name]!);
}

test.each<[string, boolean]>([
  ['ALARM(raised)', true],
  ['ALARM("fine")', false],
  ['OK(fine) AND INSUFFICIENT_DATA(new)', true],
  ['NOT ALARM(raised)', false],
  ['NOT NOT ALARM(raised)', true],
  ['ALARM(raised) OR ALARM(fine) AND ALARM(fine)', true],
  ['(ALARM(raised) OR ALARM(fine)) AND ALARM(fine)', false],
  ['NOT ALARM(fine) AND ALARM(raised)', true],
  ['TRUE AND NOT false', true],
  ['ALARM("a \\"b\\" (c), d")', true],
  ['ALARM(arn:aws:cloudwatch:eu-west-1:111122223333:alarm:raised)', true],
  ['ALARM("arn:aws-cn:cloudwatch:cn-north-1:111122223333:alarm:raised")', true],
  ['AT_LEAST(2, ALARM, (raised, fine, new))', false],
  ['AT_LEAST(2, NOT ALARM, (raised, fine, new))', true],
  ['AT_LEAST(50%, OK, (raised, fine))', true],
  ['AT_LEAST(51%, OK, (raised, fine)) OR FALSE', false],
])('%s is %s', (rule, expected) => {
  expect(isTrue(rule)).toBe(expected);
});

test('a rule tells which alarms it speaks of, each once', () => {
  expect(parseCompositeRule('ALARM("a") OR OK(b) AND NOT ALARM(a)').alarmNames).toEqual(['a', 'b']);
});

test.each<[string, string]>([
  ['ALARM(a) OR', 'its end'],
  ['ALARM(a', 'its end'],
  ['ALARM()', '")"'],
  ['ALARM(a) ALARM(b)', '"ALARM"'],
  ['RAISED(a)', '"RAISED"'],
  ['AT_LEAST(some, ALARM, (a))', '"some"'],
  ['', 'its end'],
])('%j is no rule', (rule, place) => {
  expect(() => parseCompositeRule(rule)).toThrow(new SyntaxError(`the rule ${JSON.stringify(rule)} is not understood at ${place}`));
});
