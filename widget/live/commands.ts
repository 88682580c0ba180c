import type { Result } from '../../shared/result.ts'
import type { Attributes, Identity } from '../../shared/visitor.ts'
import type { Ask } from '../connection/link.ts'
import type { Host } from '../page/host.ts'
import { keep } from '../page/keep.ts'
import { currentPlace } from '../state/state.ts'
import type { Store } from '../state/store.ts'
import type { Client } from './client.ts'

export interface Commanded {
  host: Host
  client: Client
  ask: Ask
}

/** The commands of the page that need the server. */
export async function runCommand(
  { host, client, ask }: Commanded,
  command: string,
  values: unknown[],
): Promise<void> {
  const [first, second] = values
  switch (command) {
    case 'send':
      keep(host)
      client.keep()
      return client.write(`${first}`, currentPlace(client.store.get()))
    case 'newMessage':
      return host.open({ prefill: `${first ?? ''}` })
  }
  await online(client.store)
  switch (command) {
    case 'identify':
      return warned(command, await ask('visitor:identify', identityOf(first)))
    case 'set':
      return warned(command, await ask('visitor:set', { attributes: attributesOf(first) }))
    case 'track':
      return warned(command, await ask('event:track', { name: `${first}`, properties: attributesOf(second) }))
  }
}

function online(store: Store): Promise<void> {
  return new Promise((resolve) => {
    if (store.get().connection === 'online') return resolve()
    const stop = store.subscribe((now) => {
      if (now.connection !== 'online') return
      stop()
      resolve()
    })
  })
}

function identityOf(given: unknown): Identity {
  const values = new Map(Object.entries(given ?? {}))
  const text = (name: string) => (values.get(name) === undefined ? {} : { [name]: `${values.get(name)}` })
  return {
    ...text('id'),
    ...text('name'),
    ...text('email'),
    ...text('phone'),
    ...(values.has('attributes') ? { attributes: attributesOf(values.get('attributes')) } : {}),
  }
}

function attributesOf(given: unknown): Attributes {
  const entries = Object.entries(given ?? {}).map(([name, value]) => [
    name,
    typeof value === 'number' || typeof value === 'boolean' ? value : `${value}`,
  ])
  return Object.fromEntries(entries)
}

function warned(command: string, result: Result<object>): void {
  if (!result.ok) console.warn(`Ahlan: ${command}: ${result.error.path ?? ''} ${result.error.message}`)
}
