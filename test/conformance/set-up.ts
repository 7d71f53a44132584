import setUpAll from '../set-up';
import { openEnvironment } from './environment';

/** Before the suites begin, which run beside each other: none finds an environment that another is still making. */
export default function setUp(): void {
  setUpAll();
  openEnvironment();
}
