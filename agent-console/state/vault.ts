import type { Clock, Vault } from './ports.ts'

const shelf = 'kept'

/** A browser may never answer for its database; nobody waits longer than this, ms. */
const patience = 1_000

/** The vault in IndexedDB: what it has written is on the disk, where `localStorage` may still have it in memory. */
export function createVault(factory: () => IDBFactory, clock: Clock): Vault {
  let opened: Promise<IDBDatabase> | null = null
  const database = () => {
    opened ??= openDatabase(factory()).then((held) => {
      held.onclose = held.onversionchange = () => {
        held.close()
        opened = null
      }
      return held
    })
    return opened
  }
  const within = <T>(mode: IDBTransactionMode, act: (store: IDBObjectStore) => () => T, otherwise: T) =>
    new Promise<T>((resolve) => {
      const cancel = clock.after(patience, () => resolve(otherwise))
      const attempt = async () => settled((await database()).transaction(shelf, mode, strict), act)
      attempt().then(
        (value) => {
          cancel()
          resolve(value)
        },
        () => {
          opened = null
          cancel()
          resolve(otherwise)
        },
      )
    })
  return {
    all: (prefix) => within('readonly', (store) => pairs(store, prefix), []),
    has: (key) => within('readonly', (store) => holds(store, key), false),
    write: (key, value) =>
      within(
        'readwrite',
        (store) => {
          if (value === null) store.delete(key)
          else store.put(value, key)
          return () => undefined
        },
        undefined,
      ),
  }
}

export const noVault: Vault = {
  all: async () => [],
  has: async () => false,
  write: async () => undefined,
}

const strict: IDBTransactionOptions = { durability: 'strict' }

function openDatabase(factory: IDBFactory): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = factory.open('ahlan-console', 1)
    request.onupgradeneeded = () => request.result.createObjectStore(shelf)
    request.onsuccess = () => resolve(request.result)
    request.onerror = request.onblocked = () => reject(request.error)
  })
}

/** Resolves once the whole transaction is on the disk. */
function settled<T>(transaction: IDBTransaction, act: (store: IDBObjectStore) => () => T): Promise<T> {
  return new Promise((resolve, reject) => {
    const answer = act(transaction.objectStore(shelf))
    transaction.oncomplete = () => resolve(answer())
    transaction.onabort = transaction.onerror = () => reject(transaction.error)
  })
}

function holds(store: IDBObjectStore, key: string): () => boolean {
  const found = store.getKey(key)
  return () => found.result !== undefined
}

function pairs(store: IDBObjectStore, prefix: string): () => [string, string][] {
  const [keys, values] = [store.getAllKeys(), store.getAll()]
  return () =>
    keys.result
      .map((key, i): [string, string] => [String(key), String(values.result[i])])
      .filter(([key]) => key.startsWith(prefix))
}
