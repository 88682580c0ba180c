import { useWords } from '../ui/context.tsx'
import { figure } from '../ui/format.ts'
import { hourName, weekdayName } from './back-test-words.ts'

const shades = 4

/** When messages would have been shown: a shade an hour for the eye, a table behind it. */
export function Hours({ byHour }: { byHour: readonly (readonly number[])[] }) {
  const words = useWords()
  const most = Math.max(1, ...byHour.flat())
  const shade = (n: number) => Math.ceil((n / most) * shades)
  return (
    <section class="past-part">
      <h3>{words.t('pastHours')}</h3>
      <div class="heat" role="img" aria-label={words.t('pastHoursLabel')}>
        {byHour.map((hours, day) => (
          <div key={weekdayName(words, day)} class="heat-day">
            <span class="heat-name">{weekdayName(words, day)}</span>
            {hours.map((n, hour) => (
              <span
                key={hourName(words, hour)}
                class={`heat-hour heat-${shade(n)}`}
                title={`${weekdayName(words, day)} ${hourName(words, hour)}: ${figure(words, n)}`}
              />
            ))}
          </div>
        ))}
        <div class="heat-day">
          <span class="heat-name" />
          {[0, 6, 12, 18].map((hour) => (
            <span key={hour} class="heat-scale">
              {hourName(words, hour)}
            </span>
          ))}
        </div>
      </div>
      <HoursTable byHour={byHour} />
    </section>
  )
}

function HoursTable({ byHour }: { byHour: readonly (readonly number[])[] }) {
  const words = useWords()
  const hours = Array.from({ length: 24 }, (_, hour) => hour).filter((hour) =>
    byHour.some((day) => (day[hour] ?? 0) > 0),
  )
  return (
    <details class="behind">
      <summary>{words.t('showTable')}</summary>
      <div class="past-scroll">
        <table class="table">
          <thead>
            <tr>
              <th scope="col">{words.t('pastHour')}</th>
              {byHour.map((_, day) => (
                <th key={weekdayName(words, day)} scope="col" class="number">
                  {weekdayName(words, day)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {hours.map((hour) => (
              <tr key={hour}>
                <th scope="row">{hourName(words, hour)}</th>
                {byHour.map((day, index) => (
                  <td key={weekdayName(words, index)} class="number">
                    {figure(words, day[hour] ?? 0)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  )
}
