import { sendTwice } from '../../../rehearsal/player/bus';

describe('what AWS sends twice at once', () => {
  test('comes again where it was refused, once the other is done', async () => {
    const log: string[] = [];
    let isDone = false;
    const handle = async (): Promise<void> => {
      if (log.push('asked') === 1) {
        // At work until the other has given up.
        while (!log.includes('refused')) await new Promise(setImmediate);
        isDone = true;
      } else if (!isDone) {
        log.push('refused');
        throw new Error('held by another invocation');
      }
    };

    await sendTwice(handle);

    expect(log).toEqual(['asked', 'asked', 'refused', 'asked']);
  });

  test('is sent no third time where both arrive, and fails where it fails again', async () => {
    let sent = 0;
    await sendTwice(() => Promise.resolve(sent++));
    expect(sent).toBe(2);

    await expect(sendTwice(() => Promise.reject(new Error('denied')))).rejects.toThrow('denied');
  });
});
