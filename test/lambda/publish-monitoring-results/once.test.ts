import { end, event, records, report } from './own-execution';
import { handler, stage, types } from './publisher';

test('a hundred deliveries at once publish once; one that waited too long is to come again', async () => {
  report(records);
  end();
  const other = stage.start('publish-monitoring-results');
  const ended = await Promise.allSettled(Array.from({ length: 100 }, (_, index) => (index % 2 ? handler : other).invoke(event())));
  // Who publishes takes longer than the others wait where the machine is busy.
  for (const each of ended) if (each.status === 'rejected') expect(String(each.reason)).toContain('this one is to be repeated');
  expect(stage.values('violations')).toEqual([2]);
  expect(types()).toHaveLength(2);
  await handler.invoke(event());
  expect(types()).toHaveLength(2);
});

test('after a crash between metrics and events the next delivery sends the events only', async () => {
  report(records);
  end();
  stage.watch = async (call) => {
    if (call.action !== 'events:PutEvents') return;
    handler.kill();
    await new Promise(() => undefined); // the call never arrives
  };
  await expect(handler.invoke(event(), { remaining: 1000 })).rejects.toThrow('the process ended');
  expect(stage.values('violations')).toEqual([2]);
  expect(types()).toEqual([]);

  stage.watch = () => undefined;
  await stage.start('publish-monitoring-results').invoke(event());
  expect(stage.values('violations')).toEqual([2]);
  expect(types()).toHaveLength(2);
});

test('while a crashed invocation may still be at work, another asks for a later delivery', async () => {
  report(records);
  end();
  stage.watch = (call) => {
    if (call.action === 'cloudwatch:PutMetricData') handler.kill();
  };
  await expect(handler.invoke(event(), { remaining: 3_600_000 })).rejects.toThrow('the process ended');
  stage.watch = () => undefined;
  await expect(stage.start('publish-monitoring-results').invoke(event())).rejects.toThrow('is held by another invocation; this one is to be repeated');
});

test('a failed step lets go of the claim, so that the next try goes on at once', async () => {
  report(records);
  end();
  stage.aws.failNext('events:PutEvents', { code: 'ValidationException', message: 'not today' });
  await expect(handler.invoke(event())).rejects.toThrow('not today');
  await handler.invoke(event());
  expect(stage.values('violations')).toEqual([2]);
  expect(types()).toHaveLength(2);
});
