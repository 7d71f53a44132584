import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { LambdaFunction } from '../../../rehearsal/runtime/lambda-function';

const LAST_WORDS = 'x'.repeat(100_000);

describe('a function whose process dies', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'lambda-function-'));
  const file = path.join(folder, 'handler.js');
  writeFileSync(file, `exports.handler = async ({ dies, waits }) => {
    if (waits) await new Promise(() => undefined);
    if (!dies) return process.pid;
    process.stderr.write('${LAST_WORDS}, out of memory');
    process.exit(7);
  };`);
  const lambda = new LambdaFunction({ file, exportName: 'handler' }, {});
  afterAll(() => {
    lambda.stop();
    rmSync(folder, { recursive: true });
  });

  test('ends all that it was at with its code and its last words; the next invocation has another', async () => {
    const first = await lambda.invoke({});
    const [waiting, dying] = await Promise.allSettled([lambda.invoke({ waits: true }), lambda.invoke({ dies: true })]);
    const second = await lambda.invoke({});

    for (const { reason } of [waiting, dying] as PromiseRejectedResult[]) {
      expect(reason).toMatchObject({
        errorType: 'Runtime.ExitError', message: expect.stringMatching(/^the handler's process ended with code 7: x+, out of memory$/) as string,
      });
    }
    expect(second).not.toBe(first);
  });
});
