import ora, { Ora } from 'ora';

/** Shows on a terminal that work goes on; nothing elsewhere, nor on a terminal that does not know its width, whose lines cannot be written over. */
export function spinnerOn(stream: NodeJS.WriteStream): Ora {
  const isSeen = stream.isTTY && stream.columns > 0;
  return ora({ stream, isSilent: !isSeen, ...(!isSeen && { isEnabled: false }) });
}
