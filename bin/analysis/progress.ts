import ora from 'ora';

/** Shows a person at a terminal that long work goes on, and for how long it has; writes nothing anywhere else. */
export async function withProgress<T>(doing: string, work: () => Promise<T>): Promise<T> {
  const spinner = ora({ text: doing, stream: process.stderr, isSilent: !process.stderr.isTTY }).start();
  const began = Date.now();
  const clock = setInterval(() => { spinner.text = `${doing} (${Math.round((Date.now() - began) / 1000)} s)`; }, 1000);
  try {
    return await work();
  } finally {
    clearInterval(clock);
    spinner.stop();
  }
}
