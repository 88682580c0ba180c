import type { VisitEvent } from '../../shared/visitor.ts'
import { useWords } from '../ui/context.tsx'
import { listTime } from '../ui/format.ts'
import { PanelPart } from './panel-part.tsx'

/** What the page said had happened in this visit, the latest first. */
export function Events({ events }: { events: readonly VisitEvent[] }) {
  const words = useWords()
  if (events.length === 0) return null
  return (
    <PanelPart title="events">
      <dl class="facts events">
        {events.map(({ name, count, at }) => (
          <div key={name}>
            <dt>
              <bdi>{name}</bdi>
            </dt>
            <dd>
              {count > 1 && <span class="event-count">{words.count('eventTimes', count)}</span>}
              <time dateTime={new Date(at).toISOString()}>{listTime(words, at, Date.now())}</time>
            </dd>
          </div>
        ))}
      </dl>
    </PanelPart>
  )
}
