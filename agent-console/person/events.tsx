import type { VisitEvent } from '../../shared/visitor.ts'
import { useWords } from '../ui/context.tsx'
import { listTime } from '../ui/format.ts'
import { PanelPart } from './panel-part.tsx'

/** What the page said had happened in this visit, the latest first, with what it told of it last. */
export function Events({ events }: { events: readonly VisitEvent[] }) {
  const words = useWords()
  if (events.length === 0) return null
  return (
    <PanelPart title="events">
      <dl class="facts events">
        {events.map(({ name, count, at, properties }) => (
          <div key={name}>
            <dt>
              <bdi>{name}</bdi>
              {properties && <Properties properties={properties} />}
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

const Properties = ({ properties }: { properties: Record<string, string | number | boolean> }) => (
  <span class="event-properties">
    {Object.entries(properties).map(([name, value]) => (
      <span key={name}>
        <bdi>{name}</bdi>: <bdi>{String(value)}</bdi>
      </span>
    ))}
  </span>
)
