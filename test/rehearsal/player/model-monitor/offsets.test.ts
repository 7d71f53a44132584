import { analysedWindow, cadenceHours, hoursOf, offsetHours } from '../../../../rehearsal/player/model-monitor/offsets';

const INPUT = { EndpointName: 'churn', LocalPath: '/opt/ml/processing/input_data' };

test.each([['cron(0 * ? * * *)', 1], ['cron(0 0/6 ? * * *)', 6], ['cron(0 23 ? * * *)', 24]])('executions of %s lie %d hours apart', (expression, hours) => {
  expect(cadenceHours(expression)).toBe(hours);
});

test('without offsets the window is the time since the execution before; offsets count back from the scheduled time', () => {
  const scheduled = new Date('2026-02-09T13:00:00Z');
  expect(analysedWindow(scheduled, 1, INPUT)).toEqual({ start: '2026-02-09T12:00:00.000Z', end: '2026-02-09T13:00:00.000Z' });
  expect(analysedWindow(scheduled, 24, { ...INPUT, StartTimeOffset: '-P8D', EndTimeOffset: '-P1D' }))
    .toEqual({ start: '2026-02-01T13:00:00.000Z', end: '2026-02-08T13:00:00.000Z' });
  expect(hoursOf(analysedWindow(scheduled, 1, { ...INPUT, StartTimeOffset: '-PT2H', EndTimeOffset: '-PT0H' })).map(hour => hour.toISOString()))
    .toEqual(['2026-02-09T11:00:00.000Z', '2026-02-09T12:00:00.000Z']);
});

test.each([['-PT25H', 25], ['-P31D', 744], ['-P1DT2H', 26], ['-PT0H', 0]])('%s goes back %d hours', (offset, hours) => {
  expect(offsetHours(offset)).toBe(hours);
});

test.each(['-PT2D', '-PT30M', '-P', 'PT1H', ''])('%j is no offset of whole days and hours', (offset) => {
  expect(() => offsetHours(offset)).toThrow(`the offset ${offset} of a monitoring job: the rehearsal knows days and hours, such as -P1D and -PT25H`);
});
