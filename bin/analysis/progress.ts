import { spinnerOn } from '../../rehearsal/report/spinner';

/** In milliseconds. */
const REFRESH = 250;

/**
 * Shows a person at a terminal that long work goes on, how far it is, and how long it has taken; writes nothing anywhere else. Work that is about
 * to keep the thread to itself calls `show` before.
 */
export async function withProgress<T>(
  doing: () => string, work: (show: () => void) => Promise<T>, stream: NodeJS.WriteStream = process.stderr,
): Promise<T> {
  const spinner = spinnerOn(stream).start(doing());
  const began = Date.now();
  const tell = (): void => { spinner.text = `${doing()} (${Math.round((Date.now() - began) / 1000)} s)`; };
  const clock = setInterval(tell, REFRESH);
  const show = (): void => {
    tell();
    if (spinner.isSpinning) spinner.render();
  };
  try {
    return await work(show);
  } finally {
    clearInterval(clock);
    spinner.stop();
  }
}
