import {
  type VisitorAnswers,
  type VisitorInput,
  type VisitorRequest,
  visitorRequests,
} from '../../shared/protocol.ts'
import { failure, type Result, success } from '../../shared/result.ts'
import { hashToken } from '../domain/visits/stitching.ts'
import type { Visit } from '../domain/visits/visit.ts'
import { forgotten } from '../domain/visits/visitor-book.ts'
import type { Door } from './gateway.ts'
import { helloRequest } from './hello.ts'
import { type Answer, defineRequest, type Handler, type Request } from './request.ts'
import { becomes, type VisitorSeat } from './seats.ts'
import {
  catchUp,
  conversationsOf,
  listenInAllTabs,
  takeSeat,
  visitorOf,
  visitorSnapshot,
} from './visitor-arrival.ts'
import type { SeatedVisitor, VisitorHandlers } from './visitor-handlers.ts'
import { visitorInvited } from './visitor-invited.ts'
import { isAgents, visitorSurveys } from './visitor-surveys.ts'
import { visitorTalk } from './visitor-talk.ts'
import { visitorWhy } from './visitor-why.ts'
import type { World } from './world.ts'

export function visitorDoor(world: World): Door<VisitorSeat> {
  const handlers: VisitorHandlers = {
    ...visitorIdentity(world),
    ...visitorPresence(world),
    ...visitorTalk(world),
    ...visitorSurveys(world),
    ...visitorInvited(world),
    ...visitorWhy(world),
  }
  const requests = new Map<string, Request<VisitorSeat>>()
  const greeting = greet(world)
  const hello = defineRequest(visitorRequests.hello, (seat: VisitorSeat, said) =>
    becomes(seat, Promise.resolve(greeting(seat, said))),
  )
  requests.set('hello', helloRequest(hello))
  const add = <Name extends Exclude<VisitorRequest, 'hello'>>(name: Name): void => {
    requests.set(name, defineRequest(visitorRequests[name], seated(handlers[name])))
  }
  for (const name of Object.keys(handlers)) if (isRequest(name)) add(name)
  return {
    requests,
    authorise: (seat, name) =>
      seat.visit || seat.becoming || name === 'hello' ? success(null) : notGreeted(),
    who: ({ tokenHash, auth: { page }, addressKey }) => ({
      person: tokenHash ?? page,
      socket: page,
      address: addressKey,
    }),
  }
}

const isRequest = (name: string): name is Exclude<VisitorRequest, 'hello'> =>
  name !== 'hello' && Object.hasOwn(visitorRequests, name)

const notGreeted = (): Result<never> => failure('unauthenticated', 'Say hello first.')

const isSeated = (seat: VisitorSeat): seat is SeatedVisitor => seat.visit !== null

const seated =
  <Input, Output extends object>(handle: Handler<SeatedVisitor, Input, Output>) =>
  (seat: VisitorSeat, input: Input) =>
    isSeated(seat) ? handle(seat, input) : onceSeated(handle)(seat, input)

/** What a page sends right behind its hello, such as the next view of an application, waits for that answer. */
const onceSeated =
  <Input, Output extends object>(handle: Handler<SeatedVisitor, Input, Output>) =>
  async (seat: VisitorSeat, input: Input): Promise<Answer<Output>> => {
    await seat.becoming
    return isSeated(seat) ? handle(seat, input) : notGreeted()
  }

const greet =
  (world: World): Handler<VisitorSeat, VisitorInput<'hello'>, VisitorAnswers['hello']> =>
  async (seat, { resume, view }) => {
    const site = world.domain.sites.byId(seat.siteId)
    if (!site) return failure('not_found', 'There is no such site.')
    const { address, userAgent, language, country, auth } = seat
    const isAgent = seat.cookie !== undefined && !site.countAgents && (await isAgents(world, seat))
    const caller = { address, userAgent, language, country, isAgent }
    const { page, consent, locale, device } = auth
    const visit = await world.domain.visits.arrive({
      site,
      page,
      tokenHash: seat.tokenHash,
      consent,
      locale,
      device,
      view,
      connects: true,
      caller,
    })
    const visitorId = seat.tokenHash === visit.tokenHash ? visit.visitorId : null
    const conversations = await conversationsOf(world, visitorId, resume)
    if (visit.erased) return refuseErased(world, seat, visit)
    world.domain.proactive.consented(visit)
    takeSeat(world, seat, visit)
    const held = conversations.map(({ conversation }) => conversation)
    world.domain.surveyReturn.returned(visit, held)
    world.domain.comings.returned(visit, held)
    const snapshot = isSeated(seat) ? visitorSnapshot(world, seat, conversations) : null
    if (!snapshot) return failure('unavailable', 'The connection or the site is gone.')
    return { ...success(snapshot), after: () => catchUp(world, seat, visitorId, conversations) }
  }

/** Whoever shows the token of somebody who was erased is told so, and wipes their device. */
const refuseErased = (world: World, { socket }: VisitorSeat, visit: Visit): Answer<never> => ({
  ...forgotten(),
  after: async () => {
    socket.emit('refused', { reason: 'erased' })
    socket.disconnect(true)
    world.audiences.visitorRefused(visit.tokenHash, [visit.id])
  },
})

type IdentityRequest = 'visitor:keep' | 'visitor:identify' | 'visitor:set' | 'visitor:tag' | 'event:track'
type PresenceRequest = 'page:view' | 'page:read' | 'page:leave' | 'presence:set'

/** A page that only looks like the visitor's must not rewrite who they are. */
const speaksFor = ({ tokenHash, visit }: SeatedVisitor): boolean =>
  visit.tokenHash === null || visit.tokenHash === tokenHash

/** From now on this socket speaks for whoever has the token. */
const keepToken: (
  world: World,
  ...asked: Parameters<VisitorHandlers['visitor:keep']>
) => Promise<Answer<VisitorAnswers['visitor:keep']>> = async (world, seat, kept) => {
  const visit = await world.domain.visits.keep(seat.visit, { ...kept, page: seat.auth.page })
  seat.tokenHash = hashToken(kept.token)
  seat.auth.consent = kept.consent
  const conversations = await conversationsOf(world, visitorOf({ ...seat, visit }), null)
  if (visit.erased) return refuseErased(world, seat, visit)
  world.domain.proactive.consented(visit)
  takeSeat(world, seat, visit)
  return {
    ...success({ conversations }),
    after: () => catchUp(world, seat, visitorOf(seat), conversations),
  }
}

/** What a page tells of its visitor. */
function visitorIdentity(world: World): Pick<VisitorHandlers, IdentityRequest> {
  const { visits, proactive } = world.domain
  const known = ({ visit, siteId }: SeatedVisitor): void => {
    if (proactive.listensFor('attributes', siteId)) world.ruleNews.ofVisit(visit.id)
  }
  return {
    'visitor:keep': (seat, kept) => becomes(seat, keepToken(world, seat, kept)),
    'visitor:identify': async (seat, identity) => {
      if (!speaksFor(seat)) return failure('conflict', 'Keep a visitor token first (visitor:keep).')
      await visits.identify(seat.visit, identity)
      if (seat.tokenHash) await visits.ensureVisitor(seat.visit)
      listenInAllTabs(world, seat.visit)
      known(seat)
      return success({})
    },
    'visitor:set': async (seat, { attributes }) => {
      if (!speaksFor(seat)) return failure('conflict', 'Keep a visitor token first (visitor:keep).')
      await visits.identify(seat.visit, { attributes })
      known(seat)
      return success({})
    },
    'visitor:tag': async (seat, { names }) => {
      if (!speaksFor(seat)) return failure('conflict', 'Keep a visitor token first (visitor:keep).')
      await visits.tag(seat.visit, names)
      if (proactive.listensFor('tags', seat.siteId)) world.ruleNews.ofVisit(seat.visit.id)
      return success({})
    },
    'event:track': (seat, { name, properties, times }) => {
      visits.tracked(seat.visit, name, properties, times)
      if (proactive.listensFor('events', seat.siteId)) world.ruleNews.ofVisit(seat.visit.id)
      return success({})
    },
  }
}

/** What a page tells of itself. */
function visitorPresence({ domain: { visits, proactive } }: World): Pick<VisitorHandlers, PresenceRequest> {
  return {
    'page:view': (seat, view) => {
      visits.viewed(seat.visit, seat.auth.page, view)
      return success({
        pageViews: seat.visit.pageViews,
        rules: proactive.rulesFor(seat.visit, seat.auth.page),
      })
    },
    'page:read': (seat, { timeZone, ...reading }) => {
      seat.visit.timeZone = timeZone ?? seat.visit.timeZone
      visits.read(seat.visit, seat.auth.page, reading)
      return success({})
    },
    'page:leave': (seat) => {
      visits.left(seat.visit, seat.auth.page)
      return success({})
    },
    'presence:set': (seat, { state }) => {
      visits.touched(seat.visit, state)
      return success({})
    },
  }
}
