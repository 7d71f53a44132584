import { targetInput } from '../../../rehearsal/events/input-transformer';

const rule = 'arn:aws:events:us-east-1:123456789012:rule/alarm-changes';
const event = { id: '1', time: '2026-11-22T10:00:00Z', resources: ['arn:a'], detail: { alarmName: 'age "drift"', state: { value: 'ALARM' }, count: 3 } };

function transformed(InputTemplate: string, InputPathsMap: Record<string, string> = {}): unknown {
  return targetInput({ InputTransformer: { InputTemplate, InputPathsMap } }, event, rule);
}

describe('what a rule sends to its target', () => {
  test('is the event itself when the target says nothing', () => {
    expect(targetInput({}, event, rule)).toBe(event);
  });

  test('is the constant Input, or what lies at InputPath', () => {
    expect(targetInput({ Input: '{"a":1}' }, event, rule)).toEqual({ a: 1 });
    expect(targetInput({ InputPath: '$.detail.state' }, event, rule)).toEqual({ value: 'ALARM' });
  });

  test('takes values out of the event, whole outside of quotes and as text inside', () => {
    const paths = { alarm: '$.detail.alarmName', state: '$.detail.state', count: '$.detail.count', first: '$.resources[0]' };

    expect(transformed('{"alarm":<alarm>,"text":"<alarm> is <count>","state":<state>,"from":<first>}', paths)).toEqual({
      alarm: 'age "drift"', text: 'age "drift" is 3', state: { value: 'ALARM' }, from: 'arn:a',
    });
  });

  test('knows the variables that need no path', () => {
    expect(transformed('{"event":<aws.events.event.json>,"rule":<aws.events.rule-arn>,"name":"<aws.events.rule-name>","bare":<aws.events.event>}')).toEqual({
      event, rule, name: 'alarm-changes', bare: { id: '1', time: '2026-11-22T10:00:00Z', resources: ['arn:a'] },
    });
  });

  test('is a text when the template is one', () => {
    expect(transformed('"alarm <name>!"', { name: '$.detail.alarmName' })).toBe('alarm age "drift"!');
  });

  test('leaves an absent value out of a text', () => {
    expect(transformed('"[<gone>]"', { gone: '$.detail.gone' })).toBe('[]');
  });

  test.each([
    ['{"a":<gone>}', { gone: '$.detail.gone' }, 'the variable <gone> of the InputTemplate {"a":<gone>}: the event has nothing at its path'],
    ['{"a":<typo>}', {}, 'the variable <typo> of the InputTemplate {"a":<typo>}: InputPathsMap has no such name'],
    ['{"a":<x>}', { x: '$..deep' }, 'the JSON path $..deep: the rehearsal knows $.name'],
    ['alarm is on', {}, 'it gives alarm is on, which is no JSON'],
  ])('names what it cannot fill: %s', (template, paths, message) => {
    expect(() => transformed(template, paths as Record<string, string>)).toThrow(message);
  });
});
