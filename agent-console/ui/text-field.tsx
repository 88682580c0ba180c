import { Field } from './parts.tsx'

interface TextFieldProps {
  label: string
  hint?: string
  fault?: string | null
  value: string
  onChange: (value: string) => void
  /** What it holds: decides its direction, its keyboard and what browsers fill in. */
  of: 'name' | 'email' | 'password' | 'newPassword'
}

const kinds = {
  name: { type: 'text', dir: 'auto', autoComplete: 'off' },
  email: { type: 'email', dir: 'ltr', autoComplete: 'username' },
  password: { type: 'password', dir: 'ltr', autoComplete: 'current-password' },
  newPassword: { type: 'password', dir: 'ltr', autoComplete: 'new-password', minLength: 8 },
} as const

/** The least a new password has, as the server asks. */
export const passwordLength = kinds.newPassword.minLength

export const TextField = ({ label, hint, fault, value, onChange, of }: TextFieldProps) => (
  <Field label={label} hint={hint} fault={fault}>
    {(ids) => (
      <input
        {...ids}
        {...kinds[of]}
        class="input"
        required
        value={value}
        onInput={(event) => onChange(event.currentTarget.value)}
      />
    )}
  </Field>
)
