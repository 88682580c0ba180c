import type { ClientId } from '../../shared/ids.ts'

/** A file that waits to be sent. */
export interface Parcel {
  clientId: ClientId
  bytes: Blob
  /** When it was chosen, by this device's clock. */
  at: number
}

/** Where the bytes of files wait; survives the page where the device allows it. */
export interface ParcelBox {
  /** True when they survive the page. */
  put(parcel: Parcel): Promise<boolean>
  get(clientId: ClientId): Promise<Blob | undefined>
  remove(clientId: ClientId): Promise<void>
  all(): Promise<Pick<Parcel, 'clientId' | 'at'>[]>
}

/** IndexedDB; in memory what the device does not take. */
export function parcelBox(name: string): ParcelBox {
  const held = new Map<ClientId, Parcel>()
  let opened: Promise<IDBDatabase> | undefined
  const within = async <T>(mode: IDBTransactionMode, act: (parcels: IDBObjectStore) => IDBRequest<T>) => {
    opened ??= openDatabase(name)
    const database = await opened
    return new Promise<T>((resolve, reject) => {
      const transaction = database.transaction('parcels', mode, { durability: 'strict' })
      const request = act(transaction.objectStore('parcels'))
      transaction.oncomplete = () => resolve(request.result)
      transaction.onabort = transaction.onerror = () => reject(transaction.error)
    })
  }
  return {
    async put(parcel) {
      try {
        // As plain bytes: in a private window Safari refuses blobs, and its databases answer no more after that.
        const kept = { ...parcel, bytes: await parcel.bytes.arrayBuffer() }
        await within('readwrite', (parcels) => parcels.put(kept))
        return true
      } catch {
        held.set(parcel.clientId, parcel)
        return false
      }
    },
    async get(clientId) {
      const own = held.get(clientId)
      if (own) return own.bytes
      const found = await within<Parcel | undefined>('readonly', (parcels) => parcels.get(clientId)).catch(
        () => undefined,
      )
      return found && new Blob([found.bytes])
    },
    async remove(clientId) {
      held.delete(clientId)
      await within('readwrite', (parcels) => parcels.delete(clientId)).catch(() => undefined)
    },
    all: () => within<Parcel[]>('readonly', (parcels) => parcels.getAll()).catch(() => [...held.values()]),
  }
}

function openDatabase(name: string): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name, 1)
    request.onupgradeneeded = () => request.result.createObjectStore('parcels', { keyPath: 'clientId' })
    request.onerror = request.onblocked = () => reject(request.error)
    request.onsuccess = () => {
      // Whoever signs out wipes it, in whichever tab.
      request.result.onversionchange = () => request.result.close()
      resolve(request.result)
    }
  })
}
