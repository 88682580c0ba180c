import type { ComponentChildren } from 'preact'
import type { Aim } from '../../shared/aims.ts'
import type { Author, Entry, EntryOf } from '../../shared/conversation/entry.ts'
import { priorityNames } from '../due/priority.tsx'
import { Say, useDeskState, useWords } from '../ui/context.tsx'
import { clockTime, dayAndTime } from '../ui/format.ts'
import { Icon } from '../ui/icons.tsx'
import { tagName } from '../ui/labels.ts'
import type { TextKey, Words } from '../ui/words.ts'
import { answerText, surveyNames } from './survey-words.ts'

type Happening = Exclude<Entry, { kind: 'message' | 'hidden' }>

/** What happened between the messages: small, centred, in a sentence. */
export function SystemEntry({ entry, who }: { entry: Exclude<Entry, { kind: 'message' }>; who: string }) {
  const words = useWords()
  // What was only shown stands beside the visitor.
  if (entry.kind === 'hidden' || (entry.kind === 'survey' && entry.state === 'shown')) return null
  return (
    <div class={`happening happening-${entry.kind}`}>
      <p>
        <Sentence entry={entry} who={who} />{' '}
        <time dateTime={new Date(entry.at).toISOString()}>{clockTime(words, entry.at)}</time>
      </p>
      {entry.kind === 'closed' && entry.unasked !== undefined && (
        <p>
          <Say text="entryUnasked" reason={<bdi>{entry.unasked}</bdi>} />
        </p>
      )}
      {entry.kind === 'rated' && entry.comment && (
        <blockquote class="rating-comment" dir="auto">
          {entry.comment}
        </blockquote>
      )}
    </div>
  )
}

export function Sentence({ entry, who }: { entry: Happening; who: string }): ComponentChildren {
  const words = useWords()
  switch (entry.kind) {
    case 'assigned':
      return <Assigned entry={entry} />
    case 'unassigned':
      return <Done by={entry.by} who={who} own="entryUnassignedYou" other="entryUnassigned" />
    case 'closed':
      return <Closed entry={entry} who={who} />
    case 'reopened':
      return entry.by.kind === 'visitor' ? (
        <Say text="entryReturned" name={who} />
      ) : (
        <Done by={entry.by} who={who} own="entryReopenedYou" other="entryReopened" />
      )
    case 'surveyShown':
      return <Say text="entrySurveyShown" name={who} />
    case 'surveySkipped':
      return <Say text="entrySurveySkipped" name={who} />
    case 'rated':
      return <Rated entry={entry} who={who} />
    case 'survey':
      return <Answered entry={entry} who={who} />
    case 'surveyAsked':
      return <Done by={entry.by} who={who} own="entryAskedAgainYou" other="entryAskedAgain" />
    case 'tagged':
      return <Tagged tags={entry.tags} />
    case 'prioritised':
      return <Prioritised entry={entry} who={who} />
    case 'overdue':
      return <Say text={overdueTexts[entry.aim]} time={dayAndTime(words, entry.dueAt)} />
    case 'visitorLeft':
      return <Say text="entryLeft" name={who} />
    case 'visitorReturned':
      return <Say text="entryBack" name={who} />
    case 'handedOff':
      return <Say text="entryHandedOff" name={'name' in entry.by ? entry.by.name : who} />
  }
}

function Tagged({ tags }: { tags: readonly string[] }) {
  const words = useWords()
  if (tags.length === 0) return <Say text="entryUntagged" />
  const names = tags.map((tag) => tagName(words, tag))
  return <Say text="entryTagged" tags={<bdi>{listed(words, names)}</bdi>} />
}

const overdueTexts: Record<Aim, TextKey> = {
  firstResponse: 'entryOverdueFirst',
  response: 'entryOverdueNext',
  resolution: 'entryOverdueSolution',
}

function Prioritised({ entry: { by, priority }, who }: { entry: EntryOf<'prioritised'>; who: string }) {
  const { t } = useWords()
  const me = useDeskState((desk) => desk.me.id)
  const shown = t(priorityNames[priority])
  if (by.kind === 'agent' && by.id === me) return <Say text="entryPrioritisedYou" priority={shown} />
  return <Say text="entryPrioritised" name={'name' in by ? by.name : who} priority={shown} />
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
  return <Done by={entry.by} who={who} own="entryClosedYou" other="entryClosed" />
}

const Rated = ({ entry, who }: { entry: EntryOf<'rated'>; who: string }) => (
  <>
    <Icon name="star" size={13} />{' '}
    <Say text="entryRated" name={who} rating={<Figure value={entry.rating} />} />
  </>
)

function Answered({ entry, who }: { entry: EntryOf<'survey'>; who: string }) {
  const words = useWords()
  const about = words.t(surveyNames[entry.about])
  if (entry.state === 'shown') return <Say text="entryAsked" name={who} about={about} />
  if (entry.state === 'skipped') return <Say text="entrySkipped" name={who} about={about} />
  const answer = answerText(words, entry.about, entry.score ?? 0)
  return <Say text="entryAnswered" name={who} about={about} answer={answer} />
}

const listed = ({ tag }: Words, all: readonly string[]): string =>
  new Intl.ListFormat(tag, { type: 'unit' }).format(all)

const Figure = ({ value }: { value: number }) => <>{new Intl.NumberFormat(useWords().tag).format(value)}</>

interface DoneProps {
  by: Author
  who: string
  own: TextKey
  other: TextKey
}

/** An act and who did it; one's own is told as one's own. */
function Done({ by, who, own, other }: DoneProps) {
  const { t } = useWords()
  const me = useDeskState((desk) => desk.me.id)
  if (by.kind === 'agent' && by.id === me) return <>{t(own)}</>
  if (by.kind === 'visitor') return <Say text={other} name={who} />
  return <Say text={other} name={by.kind === 'system' ? t('automatic') : by.name} />
}
