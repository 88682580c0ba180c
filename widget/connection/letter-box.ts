import type { ClientId } from '../../shared/ids.ts'
import type { Letter, LetterBox } from './outbox.ts'

/** IndexedDB; where that is forbidden, localStorage; where that is too, as long as the page lives. */
export async function openLetterBox(name: string): Promise<LetterBox> {
  try {
    return withSpare(databaseBox(await openDatabase(name)), storageBox(name))
  } catch {
    return storageBox(name)
  }
}

/** Of the boxes named `prefix` and something, the something of the first in which letters wait that are still to be sent. */
export async function findLetters(
  prefix: string,
  isBuried: (name: string) => boolean,
): Promise<string | undefined> {
  for (const { name = '' } of await indexedDB.databases())
    if (name.startsWith(prefix) && !isBuried(name) && (await (await openLetterBox(name)).all()).length)
      return name.slice(prefix.length)
}

/**
 * A database that is full or broken in the middle of things loses no letter: the spare takes it.
 * The spare has it first in any case, since a page that is left at once aborts what the database
 * has not finished.
 */
export function withSpare(first: LetterBox, spare: LetterBox): LetterBox {
  return {
    async all() {
      // Letters move from the spare to the first: looked for the other way round, one could be in neither.
      const spared = await spare.all()
      const held = [...(await first.all().catch(() => [])), ...spared]
      return byAge([...new Map(held.map((letter) => [letter.clientId, letter])).values()])
    },
    async put(letter) {
      const { clientId } = letter
      await spare.put(letter)
      await first.put(letter).then(
        () => spare.remove(clientId),
        () => undefined,
      )
    },
    async remove(clientId) {
      await spare.remove(clientId)
      await first.remove(clientId).catch(() => undefined)
    },
  }
}

function openDatabase(name: string): Promise<IDBDatabase> {
  return soon((resolve, reject) => {
    const request = indexedDB.open(name, 1)
    request.onupgradeneeded = () => request.result.createObjectStore('letters', { keyPath: 'clientId' })
    request.onsuccess = () => resolve(request.result)
    request.onerror = request.onblocked = () => reject(request.error)
  })
}

function databaseBox(database: IDBDatabase): LetterBox {
  // Whoever signs out wipes it, in whichever tab.
  database.onversionchange = () => database.close()
  const within = <T>(mode: IDBTransactionMode, act: (letters: IDBObjectStore) => IDBRequest<T>): Promise<T> =>
    soon((resolve, reject) => {
      const transaction = database.transaction('letters', mode, { durability: 'strict' })
      const request = act(transaction.objectStore('letters'))
      transaction.oncomplete = () => resolve(request.result)
      transaction.onabort = transaction.onerror = () => reject(transaction.error)
    })
  const done = () => undefined
  return {
    all: async () => byAge(await within<Letter[]>('readonly', (letters) => letters.getAll())),
    put: (letter) => within('readwrite', (letters) => letters.put(letter)).then(done),
    remove: (clientId) => within('readwrite', (letters) => letters.delete(clientId)),
  }
}

/** A database that never answers is as good as none; some do not, after a crash. */
const answersWithin = 2_000

const soon = <T>(
  begin: (resolve: (value: T) => void, reject: (fault: unknown) => void) => void,
): Promise<T> =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(reject, answersWithin)
    const once =
      <Given>(settle: (given: Given) => void) =>
      (given: Given) => {
        clearTimeout(timer)
        settle(given)
      }
    begin(once(resolve), once(reject))
  })

/** One key a letter, so that two tabs do not overwrite each other; in memory what the device does not take. */
export function storageBox(name: string): LetterBox {
  const held = new Map<ClientId, Letter>()
  const key = (clientId: ClientId) => `${name}:${clientId}`
  return {
    all: async () => byAge([...held.values(), ...stored(name)]),
    async put(letter) {
      held.set(letter.clientId, letter)
      attempt(() => {
        localStorage.setItem(key(letter.clientId), JSON.stringify(letter))
        held.delete(letter.clientId)
      })
    },
    async remove(clientId) {
      held.delete(clientId)
      attempt(() => localStorage.removeItem(key(clientId)))
    },
  }
}

/** What cannot be read, or is no letter, is as if it were not there. */
const stored = (name: string): Letter[] =>
  attempt(() =>
    Object.keys(localStorage)
      .filter((key) => key.startsWith(`${name}:`))
      .flatMap((key) => attempt((): Letter[] => [JSON.parse(localStorage[key])]) ?? []),
  ) ?? []

const byAge = (letters: Letter[]): Letter[] =>
  letters.filter(isLetter).sort((a, b) => a.writtenAt - b.writtenAt)

/** What somebody else has put where letters are kept is as if it were not there. */
function isLetter(found: Letter): boolean {
  const { clientId, text, writtenAt }: Partial<Letter> = Object(found)
  return typeof clientId === 'string' && typeof text === 'string' && Number.isFinite(writtenAt)
}

function attempt<T>(action: () => T): T | undefined {
  try {
    return action()
  } catch {
    return undefined
  }
}
