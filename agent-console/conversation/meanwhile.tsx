import type { ConversationId } from '../../shared/ids.ts'
import type { Act } from '../state/meanwhile.ts'
import { Say, useDesk, useDeskState, useWords } from '../ui/context.tsx'
import { clockTime } from '../ui/format.ts'
import { Icon } from '../ui/icons.tsx'
import { Sentence } from './system-entry.tsx'

/** Calmly says what others did that this agent could not see; stands until it was read. */
export function MeanwhileNotice({ id, who }: { id: ConversationId; who: string }) {
  const { t } = useWords()
  const desk = useDesk()
  const held = useDeskState((state) => state.meanwhile.get(id))
  return (
    <div class={held ? 'notice meanwhile' : 'notice quiet'} role="status">
      {held && (
        <>
          <Icon name="person" size={18} />
          <div class="notice-text">
            <strong>{t('meanwhile')}</strong>
            <ul>
              {held.entries.map((act) => (
                <Line key={act.seq} act={act} who={who} />
              ))}
            </ul>
            {held.unchanged && <p>{t('meanwhileUnchanged')}</p>}
          </div>
          <button type="button" class="button" onClick={() => desk.heed(id)}>
            {t('gotIt')}
          </button>
        </>
      )}
    </div>
  )
}

function Line({ act, who }: { act: Act; who: string }) {
  const words = useWords()
  return (
    <li>
      {act.kind === 'message' ? (
        <Say text="entryReplied" name={act.author.kind === 'agent' ? act.author.name : who} />
      ) : (
        <Sentence entry={act} who={who} />
      )}{' '}
      <time dateTime={new Date(act.at).toISOString()}>{clockTime(words, act.at)}</time>
    </li>
  )
}
