/*
 * A treap that knows how many stand in each part of it: to add, to remove and to find the nth takes
 * O(log n), so that a list of many thousands is kept in order by its changes alone.
 */
interface Node<Item> {
  item: Item
  /** No node stands above one with a higher priority. */
  priority: number
  size: number
  before: Node<Item> | null
  after: Node<Item> | null
}

type Tree<Item> = Node<Item> | null

const sizeOf = (tree: Tree<unknown>): number => tree?.size ?? 0

/** Items in the order of `compare`, which must tell every two of them apart. */
export class Ordered<Item> {
  private root: Tree<Item> = null
  private made = 0

  constructor(private readonly compare: (a: Item, b: Item) => number) {}

  /** Takes all of them at once, which is quicker than one by one. */
  static of<Item>(items: Item[], compare: (a: Item, b: Item) => number): Ordered<Item> {
    const ordered = new Ordered(compare)
    ordered.root = ordered.balanced(items.sort(compare), 0, items.length)
    return ordered
  }

  get size(): number {
    return sizeOf(this.root)
  }

  add(item: Item): void {
    const [before, after] = this.split(this.root, item)
    this.root = join(join(before, this.alone(item)), after)
  }

  /** The item itself, or one that compares as equal; nothing when there is none. */
  remove(item: Item): void {
    this.root = this.without(this.root, item)
  }

  /** At most `count`, beginning with the one at `from`. */
  slice(from: number, count: number): Item[] {
    const found: Item[] = []
    collect(this.root, { from, count, found })
    return found
  }

  private alone(item: Item): Node<Item> {
    return { item, priority: scramble(++this.made), size: 1, before: null, after: null }
  }

  private balanced(items: readonly Item[], from: number, to: number): Tree<Item> {
    const middle = (from + to) >> 1
    const item = items[middle]
    if (from >= to || item === undefined) return null
    const node = this.alone(item)
    node.before = this.balanced(items, from, middle)
    node.after = this.balanced(items, middle + 1, to)
    node.priority = Math.max(node.priority, node.before?.priority ?? 0, node.after?.priority ?? 0)
    return counted(node)
  }

  /** Those before the item, and the others. */
  private split(tree: Tree<Item>, item: Item): [Tree<Item>, Tree<Item>] {
    if (!tree) return [null, null]
    if (this.compare(tree.item, item) < 0) {
      const [before, after] = this.split(tree.after, item)
      tree.after = before
      return [counted(tree), after]
    }
    const [before, after] = this.split(tree.before, item)
    tree.before = after
    return [before, counted(tree)]
  }

  private without(tree: Tree<Item>, item: Item): Tree<Item> {
    if (!tree) return null
    const where = this.compare(item, tree.item)
    if (where === 0) return join(tree.before, tree.after)
    if (where < 0) tree.before = this.without(tree.before, item)
    else tree.after = this.without(tree.after, item)
    return counted(tree)
  }
}

function counted<Item>(node: Node<Item>): Node<Item> {
  node.size = sizeOf(node.before) + 1 + sizeOf(node.after)
  return node
}

/** Every item of the one stands before every item of the other. */
function join<Item>(one: Tree<Item>, other: Tree<Item>): Tree<Item> {
  if (!one) return other
  if (!other) return one
  if (one.priority >= other.priority) {
    one.after = join(one.after, other)
    return counted(one)
  }
  other.before = join(one, other.before)
  return counted(other)
}

interface Slice<Item> {
  from: number
  count: number
  found: Item[]
}

/** `from` counts from the first item of this part. */
function collect<Item>(tree: Tree<Item>, slice: Slice<Item>): void {
  if (!tree || slice.found.length >= slice.count) return
  const before = sizeOf(tree.before)
  if (slice.from < before) collect(tree.before, slice)
  if (slice.from <= before && slice.found.length < slice.count) slice.found.push(tree.item)
  collect(tree.after, { ...slice, from: Math.max(0, slice.from - before - 1) })
}

/** Spreads 1, 2, 3 … over 32 bits. Nobody outside can choose what comes of it. */
function scramble(n: number): number {
  let bits = Math.imul(n ^ (n >>> 16), 0x45d9f3b)
  bits = Math.imul(bits ^ (bits >>> 16), 0x45d9f3b)
  return (bits ^ (bits >>> 16)) >>> 0
}
