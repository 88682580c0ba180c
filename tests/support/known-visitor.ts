import { randomBytes } from 'node:crypto'
import { hashToken } from '../../server/domain/visits/stitching.ts'
import { makeId } from '../../shared/ids.ts'
import { day } from '../../shared/limits.ts'
import { aClientId, aToken } from './random.ts'
import { siteOf } from './visitor.ts'
import type { World } from './world.ts'

/** Somebody who was here three times, the last two days ago, and talked. Answers what their browser remembers. */
export async function knownVisitor(world: World): Promise<{ key: string; memory: string }> {
  const { visitors, conversations } = world.history
  const { id: siteId, key } = siteOf(world)
  const token = aToken()
  const at = Date.now() - 2 * day
  const newId = makeId('v', at, randomBytes(10))
  const { id } = await visitors.ensure({ siteId, tokenHash: hashToken(token), newId, locale: 'en', at })
  await visitors.update(id, { visits: 3 })
  const target = { kind: 'current', siteId, visitorId: id, newId: makeId('c', at, randomBytes(10)) } as const
  const author = { kind: 'visitor', id, name: null } as const
  const said = { type: 'message', author, clientId: aClientId(), text: 'Thank you', note: false } as const
  await conversations.append({ target, command: said, at })
  const close = { type: 'close', by: author, reason: 'visitor', surveyLocked: true } as const
  await conversations.append({ target, command: close, at })
  return { key: `ahlan:${key}`, memory: JSON.stringify({ token, consent: 'granted' }) }
}
