import { type ComponentChildren, render } from 'preact'
import { act } from 'preact/test-utils'
import { onTestFinished } from 'vitest'
import type { Api } from '../../../agent-console/connection/api.ts'
import { DeskControl } from '../../../agent-console/state/desk.ts'
import { createStore } from '../../../agent-console/state/store.ts'
import {
  createWords,
  type Preferences,
  ProvideDesk,
  ProvideSurroundings,
} from '../../../agent-console/ui/context.tsx'
import { success } from '../../../shared/result.ts'
import { clientId } from '../../shared/story.ts'
import { handClock } from '../../support/clock.ts'
import { me, memoryKeep, memoryVault, snapshotOf } from './desk.ts'
import { fakeLink } from './fake-link.ts'
import { handAlarm } from './hand-alarm.ts'

/** A signed-in console whose screens are drawn one piece at a time. */
export async function openStage(more: Parameters<typeof snapshotOf>[0] = {}, answers: Partial<Api> = {}) {
  const link = fakeLink()
  const clock = handClock()
  const keep = memoryKeep()
  const nothing = async () => success(undefined as never)
  const api = { address: () => '', get: nothing, send: nothing, ...answers }
  const chance = { clientId: () => clientId(1), share: () => 0.5 }
  const desk = new DeskControl({ me, link, api, clock, keep, vault: memoryVault(), chance })
  link.tell({ name: 'up' })
  await link.waiting('hello')[0]?.answer({ ok: true, ...snapshotOf(more) })
  const preferences = createStore<Preferences>({ locale: 'en', theme: 'auto' })
  const alarm = handAlarm()
  const surroundings = { words: createWords('en'), api, keep, alarm, preferences }
  const draw = (piece: ComponentChildren) =>
    act(() =>
      render(
        <ProvideSurroundings value={surroundings}>
          <ProvideDesk value={desk}>{piece}</ProvideDesk>
        </ProvideSurroundings>,
        document.body,
      ),
    )
  onTestFinished(() => render(null, document.body))
  return { desk, link, clock, keep, alarm, draw }
}
