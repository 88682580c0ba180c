import type { OfferedField } from '../../../shared/invitation.ts'
import type { Identity } from '../../../shared/visitor.ts'

/** A field and what was written in it, without blanks around it. */
export interface Answered {
  field: OfferedField
  value: string
}

/** What is wrong with an answer, by its word in the texts. */
export type Fault = 'needed' | 'noAddress'

/** As the server takes addresses: what it would refuse shall not be sent. */
const address = /^[^\s@<>"(),:;]+@[^\s@<>"(),:;]+\.[^\s@<>"(),:;.]+$/

export function faultOf({ field, value }: Answered): Fault | null {
  if (value === '') return field.required ? 'needed' : null
  return field.kind === 'email' && !address.test(value) ? 'noAddress' : null
}

/** All of it as one message, a line for each answer; each answer keeps its own direction. */
export const messageOf = (answers: readonly Answered[]): string =>
  answers
    .filter(({ value }) => value)
    .map(({ field, value }) => `${headed(field.text)} \u2068${value}\u2069`)
    .join('\n')

const headed = (label: string): string => (/[:؟?…]$/.test(label) ? label : `${label}:`)

/** What is to be known of the visitor from now on; undefined where the form asked for nothing of it. */
export function aboutOf(answers: readonly Answered[]): Identity | undefined {
  const about: Identity = {}
  const attributes: Record<string, string> = {}
  for (const { field, value } of answers) {
    if (!value) continue
    if (field.kind === 'phone') about.phone = latin(value)
    else if (field.kind === 'name' || field.kind === 'email') about[field.kind] = value
    else if (field.attribute) attributes[field.attribute] = value
  }
  if (Object.keys(attributes).length > 0) about.attributes = attributes
  return Object.keys(about).length > 0 ? about : undefined
}

/** Digits as a telephone takes them, by whatever keyboard they were written. */
const latin = (text: string): string => text.replace(/[٠-٩۰-۹]/g, (digit) => String(digit.charCodeAt(0) & 15))
