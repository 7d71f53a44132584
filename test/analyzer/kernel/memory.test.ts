import { AnalyzerError } from '../../../analyzer/analyzer-error';
import { Kernel, kernelFailure } from '../../../analyzer/kernel/kernel';

const GIGABYTE = 2 ** 30;
const REASON = 'the analyzer needs more than 2 GB of memory, which it cannot have: give it less at once, such as shorter windows or fewer columns';

test('memory ends before addresses become negative, and says so', () => {
  const kernel = new Kernel();
  const addresses = [kernel.allocate(GIGABYTE - 2 ** 20), kernel.allocate(GIGABYTE / 2), kernel.allocate(GIGABYTE / 4)];

  expect(addresses.every(address => address > 0)).toBe(true);
  expect(() => kernel.allocate(GIGABYTE)).toThrow(REASON);
  kernel.release(addresses[0]!);
  expect(kernel.allocate(GIGABYTE / 2)).toBeGreaterThan(0);
});

test('memory that ends within a call has the same reason; another failure keeps its own', () => {
  const kernel = new Kernel();
  for (const size of [GIGABYTE - 2 ** 20, GIGABYTE / 2, GIGABYTE / 4]) kernel.allocate(size);
  const fill = (): void => {
    try {
      for (;;) kernel.newColumn(undefined);
    } catch (error) {
      throw kernelFailure(error);
    }
  };

  expect(fill).toThrow(new AnalyzerError(REASON));
  const other = new Error('unreachable');
  expect(kernelFailure(other)).toBe(other);
});
