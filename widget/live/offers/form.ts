import type { Offer, OfferedField } from '../../../shared/invitation.ts'
import { limits } from '../../../shared/limits.ts'
import { type Answered, aboutOf, type Fault, faultOf, messageOf } from './answers.ts'
import { stayAboveKeyboard } from './keyboard.ts'
import type { OfferParts } from './parts.ts'
import { offerTexts } from './texts.ts'

/** A field as it stands in the form. */
interface Place {
  field: OfferedField
  input: HTMLInputElement | HTMLSelectElement
  fault: HTMLElement
}

/** A few questions; what is answered is one message. */
export function formBelow(
  offer: Extract<Offer, { kind: 'form' }>,
  text: HTMLElement,
  parts: OfferParts,
): HTMLElement {
  const { language, deeds, elements } = parts
  const form = elements.element('form', 'form')
  form.noValidate = true
  form.setAttribute('aria-labelledby', text.id)
  // The page's own shortcuts must not hear what is typed here.
  for (const type of ['keydown', 'keyup', 'keypress']) form.addEventListener(type, (e) => e.stopPropagation())
  stayAboveKeyboard(form)
  const places = offer.fields.map((field, i) => placeOf(field, i, parts))
  const send = elements.own('button', 'reply', offer.send || offerTexts[language.locale].send)
  send.type = 'submit'
  const row = elements.element('div', 'choices')
  row.append(send, elements.action('dismiss', language.texts.dismiss, deeds.dismiss))
  form.append(...places.map((place, i) => lineOf(place, i, parts)), row)
  form.onsubmit = (event) => {
    event.preventDefault()
    const answers = answersIn(places, parts)
    if (answers) deeds.say(messageOf(answers), aboutOf(answers))
  }
  return form
}

function placeOf(field: OfferedField, i: number, { elements, language }: OfferParts): Place {
  const fault = elements.element('span', 'fault')
  fault.id = `ahlan-fault-${i}`
  const input = field.options ? selectOf(field.options, language, elements) : inputOf(field, elements)
  input.id = `ahlan-field-${i}`
  input.required = field.required
  input.oninput = () => tellFault({ field, input, fault }, '')
  return { field, input, fault }
}

const most = {
  name: limits.nameCharacters,
  email: limits.emailCharacters,
  phone: 40,
  text: limits.attributeCharacters,
  choice: limits.attributeCharacters,
} as const
const types = { name: 'text', email: 'email', phone: 'tel', text: 'text', choice: 'text' } as const
const known = { name: 'name', email: 'email', phone: 'tel', text: 'off', choice: 'off' } as const

function inputOf({ kind }: OfferedField, { element }: OfferParts['elements']): HTMLInputElement {
  const input = element('input')
  input.type = types[kind]
  input.autocomplete = known[kind]
  input.maxLength = most[kind]
  input.dir = kind === 'email' || kind === 'phone' ? 'ltr' : 'auto'
  return input
}

function selectOf(
  options: readonly string[],
  { locale }: OfferParts['language'],
  { element }: OfferParts['elements'],
): HTMLSelectElement {
  const select = element('select')
  select.append(...[offerTexts[locale].choose, ...options].map((text, i) => new Option(text, i ? text : '')))
  return select
}

function lineOf({ field, input, fault }: Place, i: number, { elements }: OfferParts): HTMLElement {
  const line = elements.element('div', 'line')
  const label = elements.own('label', '', field.text)
  label.htmlFor = `ahlan-field-${i}`
  if (field.required) {
    const star = elements.element('span')
    star.ariaHidden = 'true'
    star.textContent = ' *'
    label.append(star)
  }
  line.append(label, input, fault)
  return line
}

/** Null while something is wrong, which is then told where it is, and the first of it has the focus. */
function answersIn(places: readonly Place[], { language }: OfferParts): Answered[] | null {
  const texts = offerTexts[language.locale]
  const answers = places.map(({ field, input }) => ({ field, value: input.value.trim() }))
  const faults: (Fault | null)[] = answers.map(faultOf)
  // A form of which nothing is needed still has something to say.
  if (!faults.some(Boolean) && answers.every(({ value }) => !value)) faults[0] = 'needed'
  for (const [i, place] of places.entries()) {
    const fault = faults[i]
    tellFault(place, fault ? texts[fault] : '')
  }
  places[faults.findIndex((fault) => fault)]?.input.focus()
  return faults.some((fault) => fault) ? null : answers
}

function tellFault({ input, fault }: Place, told: string): void {
  fault.textContent = told
  input.ariaInvalid = told ? 'true' : null
  if (told) input.setAttribute('aria-describedby', fault.id)
  else input.removeAttribute('aria-describedby')
}
