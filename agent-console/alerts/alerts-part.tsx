import { useState } from 'preact/hooks'
import { useSurroundings, useWords } from '../ui/context.tsx'
import { Switch } from '../ui/parts.tsx'
import type { TextKey } from '../ui/words.ts'
import { type AlertWishes, keepWish, wishesIn } from './wishes.ts'

/** How this agent wishes to be alerted in this browser. */
export function AlertsPart() {
  const { t } = useWords()
  const { keep, alarm } = useSurroundings()
  const [wishes, setWishes] = useState(() => wishesIn(keep))
  const [leave, setLeave] = useState(alarm.leave)
  const wish = async (name: keyof AlertWishes, on: boolean) => {
    const given = on && name === 'desktop' ? await alarm.askLeave() : alarm.leave()
    setLeave(given)
    keepWish(keep, name, on && (name === 'sound' || given === 'granted'))
    setWishes(wishesIn(keep))
    if (on && name === 'sound') alarm.sound('message')
  }
  const isShown = wishes.desktop && leave === 'granted'
  return (
    <div class="field">
      <span class="label">{t('alerts')}</span>
      <p class="quiet-words">{t('alertsAbout')}</p>
      <OnOff name="alertSound" on={wishes.sound} onChange={(on) => void wish('sound', on)} />
      <OnOff name="alertDesktop" on={isShown} onChange={(on) => void wish('desktop', on)} />
      {leave === 'denied' && <p class="quiet-words">{t('alertDesktopRefused')}</p>}
      {leave === 'none' && <p class="quiet-words">{t('alertDesktopNone')}</p>}
    </div>
  )
}

function OnOff({ name, on, onChange }: { name: TextKey; on: boolean; onChange: (on: boolean) => void }) {
  const { t } = useWords()
  return (
    <div class="alert-wish">
      <Switch on={on} label={t(name)} onChange={onChange} />
      <span aria-hidden="true">{t(name)}</span>
    </div>
  )
}
