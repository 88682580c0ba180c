import type { ComponentChildren } from 'preact'
import { useId } from 'preact/hooks'
import { initials } from '../../shared/text/initials.ts'
import { useWords } from './context.tsx'
import { useSlow } from './hooks.tsx'
import { Icon, type IconName } from './icons.tsx'
import { hueOf } from './person.ts'

/** Initials on a colour of their own; somebody without a name is a figure. */
export const Avatar = ({
  id,
  name,
  size = 'm',
}: {
  id: string
  name: string | null
  size?: 's' | 'm' | 'l'
}) => (
  <span class={`avatar avatar-${size} hue-${hueOf(id)}`} aria-hidden="true">
    {name?.trim() ? initials(name) : <Icon name="person" size={size === 'l' ? 28 : size === 's' ? 16 : 20} />}
  </span>
)

/** Colour and shape for the eye, a word for everyone. */
export const Dot = ({ state }: { state: 'online' | 'active' | 'idle' | 'away' | 'offline' | 'gone' }) => (
  <span class={`dot dot-${state}`} aria-hidden="true" />
)

export const IconButton = ({
  icon,
  label,
  ...rest
}: {
  icon: IconName
  label: string
  onClick: () => void
  class?: string
  expanded?: boolean
}) => (
  <button
    type="button"
    class={`icon-button ${rest.class ?? ''}`}
    aria-label={label}
    title={label}
    aria-expanded={rest.expanded}
    onClick={rest.onClick}
  >
    <Icon name={icon} />
  </button>
)

/** What a screen with nothing on it says: what will be here, and the next step. */
export const Empty = ({
  icon,
  title,
  children,
}: {
  icon: IconName
  title: string
  children?: ComponentChildren
}) => (
  <div class="empty">
    <span class="empty-icon">
      <Icon name={icon} size={28} />
    </span>
    <p class="empty-title">{title}</p>
    <div class="empty-text">{children}</div>
  </div>
)

/** Grey shapes in the place of what is to come; only when the wait is felt. */
export function Skeleton({ rows = 4, shape = 'row' }: { rows?: number; shape?: 'row' | 'bubble' | 'card' }) {
  const { t } = useWords()
  if (!useSlow(true)) return null
  return (
    <div class={`skeleton skeleton-${shape}`} role="status">
      <span class="out-of-sight">{t('loading')}</span>
      {Array.from({ length: rows }, (_, i) => (
        <span key={i} class="skeleton-piece" />
      ))}
    </div>
  )
}

/** A fault where it happened, and the way on. */
export function Fault({ text, again }: { text: string; again?: () => void }) {
  const { t } = useWords()
  return (
    <div class="fault" role="alert">
      <Icon name="alert" />
      <span class="fault-text">{text}</span>
      {again && (
        <button type="button" class="button quiet" onClick={again}>
          {t('tryAgain')}
        </button>
      )}
    </div>
  )
}

export function Switch({
  on,
  label,
  onChange,
}: {
  on: boolean
  label: string
  onChange: (on: boolean) => void
}) {
  return (
    <button
      type="button"
      class="switch"
      role="switch"
      aria-checked={on}
      aria-label={label}
      onClick={() => onChange(!on)}
    >
      <span class="switch-knob" />
    </button>
  )
}

export interface Choice<T extends string> {
  value: T
  label: ComponentChildren
}

/** A few choices side by side, one of them taken. */
export const Choices = <T extends string>({
  name,
  choices,
  value,
  onChange,
}: {
  name: string
  choices: readonly Choice<T>[]
  value: T
  onChange: (value: T) => void
}) => (
  <fieldset class="choices" aria-label={name}>
    {choices.map((choice) => (
      <button
        key={choice.value}
        type="button"
        class="choice"
        aria-pressed={choice.value === value}
        onClick={() => onChange(choice.value)}
      >
        {choice.label}
      </button>
    ))}
  </fieldset>
)

/** A label above its control; the hint and the fault belong to the control's description. */
export function Field({
  label,
  hint,
  fault,
  children,
}: {
  label: string
  hint?: string
  fault?: string | null
  children: (ids: { id: string; 'aria-describedby': string; 'aria-invalid': boolean }) => ComponentChildren
}) {
  const id = useId()
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {children({ id, 'aria-describedby': `${id}-about`, 'aria-invalid': Boolean(fault) })}
      <span id={`${id}-about`} class={fault ? 'field-fault' : 'field-hint'}>
        {fault ?? hint}
      </span>
    </div>
  )
}
