import { handlerAsset } from './assets';
import { Problems } from './validation';

/** What ships beside the analyzer. */
interface BaselineCheck {
  readonly checkBaseline: (constraints: string, statistics?: string) => string;
}

/** Kind of monitor that files are a baseline of, as the analyzer reads them; notes what is wrong with them. */
export function checkBaselineFiles(constraints: string, statistics: string | undefined, problems: Problems): string | undefined {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- a bundle, like those of the handlers
  const { checkBaseline } = require(handlerAsset('baseline-check')) as BaselineCheck;
  try {
    return checkBaseline(constraints, statistics);
  } catch (error) {
    problems.add((error as Error).message);
    return undefined;
  }
}
