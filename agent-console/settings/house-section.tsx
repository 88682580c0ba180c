import type { Team, TeamDraft } from '../../shared/house.ts'
import { useDeskState, useWords } from '../ui/context.tsx'
import { CalendarPicker } from './calendar-picker.tsx'
import { Calendars } from './calendars-card.tsx'
import { FollowUpsCard } from './follow-ups-card.tsx'
import { Kept } from './kept.tsx'
import { TargetsCard } from './targets-card.tsx'

/** Who answers together, and at what hours. */
export const HouseSection = () => (
  <div class="settings">
    <Teams />
    <Calendars />
    <TargetsCard />
    <FollowUpsCard />
  </div>
)

export function Teams() {
  const colleagues = useDeskState((desk) => desk.colleagues)
  const nameOf = new Map(colleagues.map(({ id, name }) => [id, name]))
  return (
    <Kept<TeamDraft, Team>
      path="/teams"
      title="teams"
      about="teamsAbout"
      one="team"
      add="addTeam"
      fresh={() => ({ name: '', agents: [] })}
      say={({ tag, t }, { agents }) =>
        agents.length === 0
          ? t('teamEmpty')
          : new Intl.ListFormat(tag).format(agents.map((id) => nameOf.get(id) ?? '?'))
      }
      fields={(draft, onChange) => (
        <>
          <Members draft={draft} onChange={onChange} />
          <CalendarPicker
            hint="teamCalendarHint"
            none="calendarOfSite"
            value={draft.calendar}
            onChange={(calendar) => onChange({ ...draft, calendar })}
          />
        </>
      )}
    />
  )
}

function Members({ draft, onChange }: { draft: TeamDraft; onChange: (draft: TeamDraft) => void }) {
  const { t } = useWords()
  const colleagues = useDeskState((desk) => desk.colleagues)
  return (
    <fieldset class="members">
      <legend>{t('teamMembers')}</legend>
      {colleagues.map(({ id, name }) => (
        <label key={id} class="member">
          <input
            type="checkbox"
            checked={draft.agents.includes(id)}
            onChange={(event) =>
              onChange({
                ...draft,
                agents: event.currentTarget.checked
                  ? [...draft.agents, id]
                  : draft.agents.filter((one) => one !== id),
              })
            }
          />
          <bdi>{name}</bdi>
        </label>
      ))}
    </fieldset>
  )
}
