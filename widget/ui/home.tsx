import type { Conversation } from '../../shared/conversation/conversation.ts'
import { unreadCount } from '../../shared/timeline.ts'
import { latestFirst, timelineAt } from '../state/state.ts'
import { Icon } from './icons.tsx'
import type { View } from './view.ts'

/** Before a chat, or between two: a greeting, a field to write at once, what was said before. */
export function Home({ view }: { view: View }) {
  const { state, language, host } = view
  const { texts } = language
  const site = state.site ?? host.answer?.site
  const past = latestFirst(state)
  return (
    <div class="home">
      <p class="greeting" dir="auto">
        {site?.greeting || texts.greeting}
      </p>
      {site && !site.online && <p class="away">{texts.leaveMessage}</p>}
      {past.length > 0 && (
        <section>
          <h3>{texts.pastConversations}</h3>
          <ul class="past">
            {past.map((conversation) => (
              <Past key={conversation.id} view={view} conversation={conversation} />
            ))}
          </ul>
        </section>
      )}
    </div>
  )
}

function Past({ view, conversation }: { view: View; conversation: Conversation }) {
  const { language, state } = view
  const unread = unreadCount(timelineAt(state, conversation.id), 'visitor')
  return (
    <li>
      <button type="button" onClick={() => view.go({ name: 'conversation', place: conversation.id })}>
        <span class="said">
          <bdi>{conversation.lastMessage?.text || '📎'}</bdi>
        </span>
        <span class="when">
          {language.day(conversation.changedAt, view.now())}
          {conversation.status === 'closed' && ` · ${language.texts.closedConversation}`}
        </span>
        {unread > 0 && <span class="count">{language.number(unread)}</span>}
        <Icon name="forward" />
      </button>
    </li>
  )
}
