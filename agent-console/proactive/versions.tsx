import { useState } from 'preact/hooks'
import { localText } from '../../shared/locale.ts'
import type { Rule } from '../../shared/triggers/rule.ts'
import type { List } from '../connection/api.ts'
import { useMayConfigure, useSurroundings, useWords } from '../ui/context.tsx'
import { dayAndTime } from '../ui/format.ts'
import { useLoaded } from '../ui/hooks.tsx'
import { Fault, Skeleton } from '../ui/parts.tsx'
import type { RuleShown } from './draft.ts'
import type { RemovedShown, RuleDesk, VersionShown } from './rule-book.tsx'
import { Sentence } from './spoken.tsx'

/** What a rule was before, and by whom; any of it can be put in force again. */
export function Versions({ rule, desk }: { rule: RuleShown; desk: RuleDesk }) {
  const { t } = useWords()
  const { api } = useSurroundings()
  const loaded = useLoaded(`versions ${rule.id} ${rule.revision}`, () =>
    api.get<List<VersionShown>>(`/rules/${rule.id}/versions`),
  )
  const [failed, setFailed] = useState(false)
  if (!loaded.value)
    return loaded.failed ? <Fault text={t('couldNotLoad')} again={loaded.again} /> : <Skeleton rows={2} />
  const [, ...earlier] = loaded.value.items.filter(({ rule: then }) => then !== null)
  const restore = async (version: number) => setFailed(!(await desk.restore(rule.id, version, rule.revision)))
  return (
    <section class="versions" aria-label={t('versions')}>
      <h3>{t('versions')}</h3>
      {earlier.length === 0 && <p class="quiet-words">{t('noVersions')}</p>}
      <ol>
        {earlier.map((one) => (
          <li key={one.version} class="version">
            <When at={one.at} by={one.by} />
            {one.rule && <Then rule={one.rule} />}
            <button type="button" class="button quiet" onClick={() => void restore(one.version)}>
              {t('putBack')}
            </button>
          </li>
        ))}
      </ol>
      {failed && <Fault text={t('couldNotUndo')} />}
    </section>
  )
}

function When({ at, by }: { at: number; by: string | null }) {
  const words = useWords()
  return (
    <p class="version-when">
      <time>{dayAndTime(words, at)}</time> · <bdi>{by ?? words.t('byHand')}</bdi>
    </p>
  )
}

function Then({ rule }: { rule: Rule }) {
  const { t, locale } = useWords()
  return (
    <p class="rule-sentence">
      {!rule.enabled && `${t('switchedOff')} · `}
      <Sentence when={rule.when} />
      {t('thenSay')} «<bdi>{localText(rule.say, locale)}</bdi>»
    </p>
  )
}

/** Rules that were removed, folded away until somebody misses one. */
export function Removed({ desk }: { desk: RuleDesk }) {
  const { t, count } = useWords()
  const { api } = useSurroundings()
  const mayConfigure = useMayConfigure()
  const [failed, setFailed] = useState(false)
  const shape = desk.book.value?.rules.map(({ id }) => id).join() ?? ''
  const loaded = useLoaded(`removed ${shape}`, () => api.get<List<RemovedShown>>('/rules/removed'))
  const items = loaded.value?.items ?? []
  if (items.length === 0) return null
  const bring = async ({ id, version }: RemovedShown) => setFailed(!(await desk.restore(id, version)))
  return (
    <details class="removed">
      <summary>{count('removedRules', items.length)}</summary>
      <ul>
        {items.map((one) => (
          <li key={one.id} class="version">
            <p>
              <bdi>{one.name || one.id}</bdi>
            </p>
            <When at={one.at} by={one.by} />
            {mayConfigure && (
              <button type="button" class="button quiet" onClick={() => void bring(one)}>
                {t('bringBack')}
              </button>
            )}
          </li>
        ))}
      </ul>
      {failed && <Fault text={t('couldNotUndo')} />}
    </details>
  )
}
