import { halve } from './runs';

const K: f64 = 2048;
const C: f64 = 0.64;
const FIRST_ITEMS: u32 = 16;
/** More levels than numbers of a column could ever fill. */
const MAX_LEVELS: u32 = 64;

/** One level of a sketch; throws half of its items away when it is full. */
@unmanaged
class Level {
  items: usize;
  /** As many items have room. */
  room: u32;
  size: u32;
  capacity: u32;
  compactions: u32;
  offset: u32;
}

/**
 * Quantile sketch after Karnin, Lang and Liberty: equal, item by item, to the one that the service's container builds over the same values in the
 * same order.
 */
@unmanaged
export class Kll {
  first: Level;
  levels: usize;
  count: u32;
  size: u32;
  capacity: u32;

  static create(): Kll {
    const kll = changetype<Kll>(heap.alloc(offsetof<Kll>()));
    kll.levels = heap.alloc(MAX_LEVELS * sizeof<usize>());
    kll.count = 0;
    kll.size = 0;
    kll.capacity = 0;
    kll.grow();
    kll.first = kll.level(0);
    return kll;
  }

  @inline
  add(value: f64): void {
    const first = this.first;
    if (first.size == first.room) makeRoom(first, first.size + 1);
    store<f64>(first.items + (<usize>first.size << 3), value);
    first.size++;
    if (++this.size > this.capacity) this.condense();
  }

  /** As `add`, value by value. */
  addAll(values: usize, size: u32): void {
    const first = this.first;
    for (let from = values, end = values + (<usize>size << 3); from < end;) {
      const count = min<u32>(<u32>((end - from) >> 3), this.capacity - this.size + 1);
      makeRoom(first, first.size + count);
      memory.copy(first.items + (<usize>first.size << 3), from, <usize>count << 3);
      first.size += count;
      this.size += count;
      from += <usize>count << 3;
      if (this.size > this.capacity) this.condense();
    }
  }

  level(index: u32): Level {
    return load<Level>(this.levels + <usize>index * sizeof<usize>());
  }

  private grow(): void {
    const level = changetype<Level>(heap.alloc(offsetof<Level>()));
    level.items = heap.alloc(FIRST_ITEMS << 3);
    level.room = FIRST_ITEMS;
    level.size = 0;
    level.compactions = 0;
    level.offset = 0;
    level.capacity = capacityOf(this.count);
    const count = this.count++;
    store<Level>(this.levels + <usize>count * sizeof<usize>(), level);
    this.capacity += level.capacity;
  }

  /** Compacts the first full level only. */
  private condense(): void {
    let full: u32 = 0;
    while (this.level(full).size < this.level(full).capacity) full++;
    if (full == this.count - 1) this.grow();
    this.size -= compact(this.level(full), this.level(full + 1));
  }
}

/** Moves half of a level's items a level up; returns how many. With an odd number of items, the one that came last stays. */
function compact(level: Level, upper: Level): u32 {
  const even = level.size & ~1;
  const half = even >> 1;
  if (level.compactions++ & 1) level.offset = 1 - level.offset;
  makeRoom(upper, upper.size + half);
  halve(level.items, even, level.offset, upper.items + (<usize>upper.size << 3));
  upper.size += half;
  if (level.size > even) store<f64>(level.items, load<f64>(level.items + (<usize>even << 3)));
  level.size -= even;
  return half;
}

function capacityOf(level: u32): u32 {
  let size = K;
  for (let index: u32 = 0; index < level; index++) size *= C;
  return 2 * (<u32>Math.ceil(size / 2) + 1);
}

function makeRoom(level: Level, size: u32): void {
  if (size <= level.room) return;
  let room = level.room;
  while (room < size) room *= 2;
  const items = heap.alloc(<usize>room << 3);
  memory.copy(items, level.items, <usize>level.size << 3);
  heap.free(level.items);
  level.items = items;
  level.room = room;
}
