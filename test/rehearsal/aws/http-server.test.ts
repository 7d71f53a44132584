import { once } from 'node:events';
import { request } from 'node:http';
import { HttpServer } from '../../../rehearsal/aws/http-server';

test('a caller who hangs up in the middle of a request disturbs no other', async () => {
  const server = new HttpServer(({ body }) => Promise.resolve({ status: 200, headers: {}, body: `${body.length} bytes` }));
  const url = await server.listen();
  const half = request(url, { method: 'POST', headers: { 'Content-Length': 100, 'Expect': '100-continue' } });
  half.flushHeaders();
  // The server is reading.
  await once(half, 'continue');
  half.write('half');
  const failed = once(half, 'error');
  half.destroy(new Error('hung up'));
  await failed;

  expect(await (await fetch(url, { method: 'POST', body: 'whole' })).text()).toBe('5 bytes');
  await server.close();
});
