import type { ComponentChildren } from 'preact'
import type { Author, Entry, EntryOf } from '../../shared/conversation/entry.ts'
import { Say, useDeskState, useWords } from '../ui/context.tsx'
import { clockTime } from '../ui/format.ts'
import { Icon } from '../ui/icons.tsx'

type Happening = Exclude<Entry, { kind: 'message' | 'hidden' }>

/** What happened between the messages: small, centred, in a sentence. */
export function SystemEntry({ entry, who }: { entry: Exclude<Entry, { kind: 'message' }>; who: string }) {
  const words = useWords()
  if (entry.kind === 'hidden') return null
  return (
    <div class={`happening happening-${entry.kind}`}>
      <p>
        <Sentence entry={entry} who={who} />{' '}
        <time dateTime={new Date(entry.at).toISOString()}>{clockTime(words, entry.at)}</time>
      </p>
      {entry.kind === 'rated' && entry.comment && (
        <blockquote class="rating-comment" dir="auto">
          {entry.comment}
        </blockquote>
      )}
    </div>
  )
}

function Sentence({ entry, who }: { entry: Happening; who: string }): ComponentChildren {
  switch (entry.kind) {
    case 'assigned':
      return <Assigned entry={entry} />
    case 'unassigned':
      return <Say text="entryUnassigned" name={<Name of={entry.by} who={who} />} />
    case 'closed':
      return <Closed entry={entry} who={who} />
    case 'reopened':
      return entry.by.kind === 'visitor' ? (
        <Say text="entryReturned" name={who} />
      ) : (
        <Say text="entryReopened" name={<Name of={entry.by} who={who} />} />
      )
    case 'surveyShown':
      return <Say text="entrySurveyShown" name={who} />
    case 'surveySkipped':
      return <Say text="entrySurveySkipped" name={who} />
    case 'rated':
      return <Rated entry={entry} who={who} />
    case 'visitorLeft':
      return <Say text="entryLeft" name={who} />
    case 'visitorReturned':
      return <Say text="entryBack" name={who} />
  }
}

function Assigned({ entry }: { entry: EntryOf<'assigned'> }) {
  const me = useDeskState((desk) => desk.me.id)
  const { agent, by } = entry
  if (by.kind === 'agent' && by.id === agent.id)
    return agent.id === me ? <Say text="entryYouTook" /> : <Say text="entryTook" name={agent.name} />
  return agent.id === me ? <Say text="entryAssignedYou" /> : <Say text="entryAssigned" name={agent.name} />
}

function Closed({ entry, who }: { entry: EntryOf<'closed'>; who: string }) {
  if (entry.reason === 'inactive') return <Say text="entryClosedInactive" />
  if (entry.reason === 'visitor') return <Say text="entryEnded" name={who} />
  return <Say text="entryClosed" name={<Name of={entry.by} who={who} />} />
}

const Rated = ({ entry, who }: { entry: EntryOf<'rated'>; who: string }) => (
  <>
    <Icon name="star" size={13} />{' '}
    <Say text="entryRated" name={who} rating={<Figure value={entry.rating} />} />
  </>
)

const Figure = ({ value }: { value: number }) => <>{new Intl.NumberFormat(useWords().tag).format(value)}</>

function Name({ of, who }: { of: Author; who: string }) {
  const { t } = useWords()
  const me = useDeskState((desk) => desk.me.id)
  if (of.kind === 'visitor') return <bdi>{who}</bdi>
  if (of.kind === 'system') return <>{t('automatic')}</>
  return <bdi>{of.kind === 'agent' && of.id === me ? t('you') : of.name}</bdi>
}
