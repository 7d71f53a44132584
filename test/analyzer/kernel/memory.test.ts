import { Kernel } from '../../../analyzer/kernel/kernel';

const GIGABYTE = 2 ** 30;

test('memory ends before addresses become negative, and says so', () => {
  const kernel = new Kernel();
  const addresses = [kernel.allocate(GIGABYTE - 2 ** 20), kernel.allocate(GIGABYTE / 2), kernel.allocate(GIGABYTE / 4)];

  expect(addresses.every(address => address > 0)).toBe(true);
  expect(() => kernel.allocate(GIGABYTE)).toThrow('the analyzer needs more than 2 GB of memory, which it cannot have: '
    + 'give it less at once, such as shorter windows or fewer columns');
  kernel.release(addresses[0]!);
  expect(kernel.allocate(GIGABYTE / 2)).toBeGreaterThan(0);
});
