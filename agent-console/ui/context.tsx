import { type ComponentChildren, createContext } from 'preact'
import { useContext } from 'preact/hooks'
import { may } from '../../shared/agent.ts'
import type { Locale } from '../../shared/locale.ts'
import type { Api } from '../connection/api.ts'
import type { DeskControl } from '../state/desk.ts'
import type { Desk } from '../state/desk-state.ts'
import type { HeardFollowUps } from '../state/follow-up-news.ts'
import type { Alarm, Keep } from '../state/ports.ts'
import type { Store } from '../state/store.ts'
import { useSelected } from './hooks.tsx'
import { createWords, cutAtSlots, type PluralKey, type TextKey, type Words } from './words.ts'

export type Theme = 'auto' | 'light' | 'dark'

export interface Preferences {
  locale: Locale
  theme: Theme
}

export interface Surroundings {
  words: Words
  api: Api
  keep: Keep
  alarm: Alarm
  preferences: Store<Preferences>
}

const Surrounding = createContext<Surroundings | null>(null)
const AtDesk = createContext<DeskControl | null>(null)

export const ProvideSurroundings = Surrounding.Provider
export const ProvideDesk = AtDesk.Provider

export function useSurroundings(): Surroundings {
  const found = useContext(Surrounding)
  if (!found) throw new Error('Nothing is drawn outside the console.')
  return found
}

export const useWords = (): Words => useSurroundings().words

export function useDesk(): DeskControl {
  const found = useContext(AtDesk)
  if (!found) throw new Error('This screen is for signed-in agents.')
  return found
}

export const useDeskState = <S,>(select: (desk: Desk) => S): S => useSelected(useDesk().state, select)

/** Since the last break. */
export const useHeardFollowUps = (): HeardFollowUps =>
  useSelected(useDesk().followUps.heard, (heard) => heard)

/** Whether the signed-in agent may change settings. */
export const useMayConfigure = (): boolean =>
  useDeskState(({ me }) => me.role === 'owner' || me.role === 'admin')

/** Whether they may hand out or erase all that is held of a person. */
export const useMayErase = (): boolean => useDeskState(({ me }) => may(me.role, 'visitors:erase'))

export const useMayWrite = (): boolean => useDeskState(({ me }) => me.role !== 'viewer')

type ElementSlots = Record<string, ComponentChildren>

/** A text whose slots are elements: strings of users keep their own direction. */
export const Say = ({ text, ...slots }: { text: TextKey } & ElementSlots) => (
  <Filled text={useWords().t(text)} slots={slots} />
)

/** The same, in the form that `n` asks for. */
export const SayCounted = ({ text, n, ...slots }: { text: PluralKey; n: number } & ElementSlots) => (
  <Filled text={useWords().count(text, n)} slots={slots} />
)

const Filled = ({ text, slots }: { text: string; slots: ElementSlots }) => (
  <>
    {cutAtSlots(text).map(({ words, slot }) => {
      const value = slot === null ? words : slots[slot]
      return typeof value === 'string' && slot !== null ? <bdi>{value}</bdi> : value
    })}
  </>
)

export { createWords }
