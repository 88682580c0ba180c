import { useState } from 'preact/hooks'
import type { Conversation } from '../../shared/conversation/conversation.ts'
import type { AskKind } from '../../shared/conversation/entry.ts'
import { standing, surveyOrder } from '../../shared/survey.ts'
import { PanelPart } from '../person/panel-part.tsx'
import { useDesk, useMayWrite, useWords } from '../ui/context.tsx'
import { Icon } from '../ui/icons.tsx'
import type { TextKey } from '../ui/words.ts'
import { answerText, surveyNames } from './survey-words.ts'

const states: Record<'due' | 'shown' | 'skipped', TextKey> = {
  due: 'surveyDue',
  shown: 'surveyShown',
  skipped: 'surveySkipped',
}

/** What the visitor was asked, what they said, and whether they can be asked once more. */
export function SurveyPart({ conversation }: { conversation: Conversation }) {
  const { t } = useWords()
  const { survey, asked } = conversation
  const others = surveyOrder.filter((kind) => kind !== 'csat' && standing(conversation, kind))
  const unasked = asked?.kind === 'closed' ? asked.unasked : undefined
  if (survey.state === 'none' && others.length === 0 && unasked === undefined && !mayAsk(conversation))
    return null
  return (
    <PanelPart title="rating">
      {survey.state === 'answered' ? (
        <p class="panel-rating">
          <Stars rating={survey.rating} />
          {t('ratingOfFive', { rating: survey.rating })}
        </p>
      ) : (
        survey.state !== 'none' && <p class="panel-quiet">{t(states[survey.state])}</p>
      )}
      {survey.state === 'answered' && survey.comment && (
        <blockquote class="rating-comment" dir="auto">
          {survey.comment}
        </blockquote>
      )}
      {unasked !== undefined && (
        <p class="panel-quiet">
          {t('wasUnasked')} <bdi>{unasked}</bdi>
        </p>
      )}
      {others.length > 0 && (
        <dl class="answers">
          {others.map(
            (kind) => kind !== 'csat' && <Other key={kind} kind={kind} conversation={conversation} />,
          )}
        </dl>
      )}
      <AskAgain conversation={conversation} />
    </PanelPart>
  )
}

function Other({ kind, conversation }: { kind: AskKind; conversation: Conversation }) {
  const words = useWords()
  const state = standing(conversation, kind)
  const answer = conversation.asks?.[kind]?.score
  return (
    <div>
      <dt>{words.t(surveyNames[kind])}</dt>
      <dd>{state === 'answered' ? answerText(words, kind, answer ?? 0) : state && words.t(states[state])}</dd>
    </div>
  )
}

/** What the server would refuse is not offered. */
const mayAsk = ({ status, asked, survey, humanReplies }: Conversation): boolean =>
  status === 'closed' &&
  humanReplies > 0 &&
  asked?.kind !== 'surveyAsked' &&
  !(survey.state === 'answered' && survey.rating > 2)

function AskAgain({ conversation }: { conversation: Conversation }) {
  const { t } = useWords()
  const desk = useDesk()
  const mayWrite = useMayWrite()
  const [failed, setFailed] = useState(false)
  const [busy, setBusy] = useState(false)
  if (!mayWrite || !mayAsk(conversation)) return null
  const ask = async () => {
    setBusy(true)
    setFailed((await desk.acts.askAgain(conversation.id)) !== null)
    setBusy(false)
  }
  return (
    <p class="ask-again">
      <button
        type="button"
        class="button"
        disabled={busy}
        title={t('askAgainHint')}
        onClick={() => void ask()}
      >
        {t('askAgain')}
      </button>
      {failed && (
        <span class="inline-fault" role="alert">
          {t('notDone')}
        </span>
      )}
    </p>
  )
}

const Stars = ({ rating }: { rating: number }) => (
  <span class="stars" aria-hidden="true">
    {[1, 2, 3, 4, 5].map((n) => (
      <span key={n} class={n <= rating ? 'star lit' : 'star'}>
        <Icon name="star" size={16} />
      </span>
    ))}
  </span>
)
