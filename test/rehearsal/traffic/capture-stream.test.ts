import { CaptureRecord } from '../../../lib/contract';
import { CaptureSettings } from '../../../rehearsal/traffic/capture-file';
import { CaptureStream } from '../../../rehearsal/traffic/capture-stream';
import { CapturedTraffic, Traffic } from '../../../rehearsal/traffic/traffic';

const START = new Date('2026-01-05T08:00:00Z');
const SETTINGS: CaptureSettings = {
  destinationUri: 's3://bucket/capture', samplingPercentage: 100, input: true, output: true, csvContentTypes: ['text/csv'],
};
const TWO_AN_SECOND: Traffic = { hour: () => Array.from({ length: 7200 }, (_, i) => ({ input: String(i), output: '0' })) };

function stream(traffic: Traffic, settings: Partial<CaptureSettings> = {}, hours = 2): CaptureStream {
  return new CaptureStream({ traffic, settings: { ...SETTINGS, ...settings }, endpointName: 'churn', variantName: 'AllTraffic', start: START, hours, seed: 1 });
}

function records(body: string): CaptureRecord[] {
  return body.trim().split('\n').map(line => JSON.parse(line) as CaptureRecord);
}

test('a file bears the name of its first record and holds a minute from there, over the hour too', () => {
  const files = stream(TWO_AN_SECOND).closedBy(new Date('2026-01-05T10:05:00Z'));

  for (const { uri, body } of files) {
    const times = records(body).map(({ eventMetadata }) => Date.parse(eventMetadata.inferenceTime));
    const [first, last] = [times[0]!, times.at(-1)!];
    const [, day, minute, second] = /churn\/AllTraffic\/(\d{4}\/\d\d\/\d\d\/\d\d)\/(\d\d)-(\d\d)-\d{3}-/.exec(uri)!;
    expect(`${day!}:${minute!}:${second!}`).toBe(new Date(first).toISOString().slice(0, 19).replace(/[-T]/g, '/'));
    expect(last - first).toBeLessThanOrEqual(60_000);
  }
  const overTheHour = files.filter(({ uri, body }) => uri.includes('/08/') && body.includes('"inferenceTime":"2026-01-05T09:00'));
  expect(overTheHour).toHaveLength(1);
  expect(files.reduce((sum, file) => sum + file.records, 0)).toBe(14_400);
});

test('what is given once is not given again, and nothing is lost between', () => {
  const subject = stream(TWO_AN_SECOND);
  const instants = [30, 63, 90, 125].map(minutes => new Date(START.getTime() + minutes * 60_000));
  const inputs = instants.flatMap(instant => subject.closedBy(instant)).flatMap(({ body }) => records(body));

  expect(inputs).toHaveLength(14_400);
  expect(new Set(inputs.map(({ eventMetadata }) => eventMetadata.eventId)).size).toBe(14_400);
});

test('sampling keeps about its share', () => {
  const kept = stream(TWO_AN_SECOND, { samplingPercentage: 25 }).closedBy(new Date('2026-01-05T10:05:00Z')).reduce((sum, file) => sum + file.records, 0);

  expect(kept).toBeGreaterThan(3_300);
  expect(kept).toBeLessThan(3_900);
});

test('a content type that is not listed is captured as BASE64', () => {
  const [file] = stream(TWO_AN_SECOND, { csvContentTypes: ['text/plain'] }).closedBy(new Date('2026-01-05T08:05:00Z'));

  expect(records(file!.body)[0]!.captureData.endpointInput).toMatchObject({ encoding: 'BASE64', data: Buffer.from('0').toString('base64') });
});

test('captured lines are played in their order with new times, malformed ones as they are', () => {
  const line = JSON.stringify({ captureData: {}, eventMetadata: { eventId: 'a', inferenceTime: '2020-01-01T00:00:00Z' } });
  const traffic = new CapturedTraffic([line, '{ broken', '{"no":"metadata"}'], 1);

  const played = stream(traffic, {}, 1).closedBy(new Date('2026-01-05T10:00:00Z')).map(({ body }) => body).join('').trim().split('\n');

  expect(played[0]).toMatch(/"eventId":"a","inferenceTime":"2026-01-05T08:[01]\d:\d\dZ"/);
  expect(played.slice(1)).toEqual(['{ broken', '{"no":"metadata"}']);
});
