import ora from 'ora';

/** Shows a person at a terminal that long work goes on, and for how long it has; writes nothing anywhere else. */
export async function withProgress<T>(doing: string | (() => string), work: () => Promise<T>): Promise<T> {
  const text = typeof doing === 'string' ? (): string => doing : doing;
  const spinner = ora({ text: text(), stream: process.stderr, isSilent: !process.stderr.isTTY }).start();
  const began = Date.now();
  const clock = setInterval(() => { spinner.text = `${text()} (${Math.round((Date.now() - began) / 1000)} s)`; }, 1000);
  try {
    return await work();
  } finally {
    clearInterval(clock);
    spinner.stop();
  }
}
