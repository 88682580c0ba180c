import * as v from 'valibot'
import { limits } from '../limits.ts'
import { LocalText } from '../locale.ts'
import { isBlank } from '../text/blank.ts'
import { optionalLine } from '../text/fields.ts'
import { isSafeHref } from '../text/href.ts'
import { withoutBidiControls } from '../text/unseen.ts'
import { EventProperties } from '../visitor.ts'
import { name } from './kinds/fields.ts'

/*
 * What a rule does when it speaks. `say` of the rule is the text of all of them; labels and answers stand here, in each
 * language, with variables as `say` has them (`shared/invitation.ts`). A rule without an action shows a bubble.
 */

/** A label in the languages it is given in, one of them at least; a language left blank is one left out. */
export const Label = labelSchema()

/** Where a button leads: `https://shop.example/sale`, or a path of the site itself, `/sale`. */
export const Href = v.pipe(
  v.string(),
  v.transform((value) => withoutBidiControls(value).trim()),
  v.maxLength(limits.urlCharacters),
  v.check(isSafeHref, 'must be an http or https address, or a path that begins with /'),
)

const link = v.strictObject({ label: Label, href: Href })

/** `answer`: the visitor says it, in the words of the label unless `text` has others. `link`: the page goes there. */
export const Button = v.variant('does', [
  v.strictObject({ does: v.literal('answer'), label: Label, text: v.optional(answer()) }),
  v.strictObject({ does: v.literal('link'), ...link.entries }),
])
export type Button = v.InferOutput<typeof Button>

const field = { label: Label, required: v.optional(v.boolean()) }
const attribute = v.optional(name)

/**
 * A field of a form. `name`, `email` and `phone` become what is known of the visitor by those names; what is told in
 * the others may be kept as an `attribute`. All of it stands in the one message that the form sends.
 */
export const Field = v.variant('kind', [
  v.strictObject({ kind: v.picklist(['name', 'email', 'phone']), ...field }),
  v.strictObject({ kind: v.literal('text'), ...field, attribute }),
  v.strictObject({
    kind: v.literal('choice'),
    ...field,
    options: v.pipe(v.array(Label), v.minLength(2), v.maxLength(limits.optionsPerField)),
    attribute,
  }),
])
export type Field = v.InferOutput<typeof Field>

/** Events of the chat itself: a page that hears one of these must be able to believe it. */
const own = [
  ...['ready', 'opened', 'closed', 'unread', 'availability', 'connection', 'error'],
  ...['message', 'chat', 'prechat', 'offline', 'survey', 'invite'],
]
const isOwn = (event: string): boolean => own.some((one) => one === event || event.startsWith(`${one}:`))

const eventName = v.pipe(
  v.string(),
  v.regex(/^[a-z][\w:-]{0,59}$/i, 'must be a name such as offer:summer'),
  v.check((value) => !isOwn(value.toLowerCase()), 'is the name of an event of the chat itself'),
)

export const Action = v.variant('kind', [
  /** A small card by the launcher: the text, Reply, Dismiss. */
  v.strictObject({ kind: v.literal('bubble') }),
  /** The chat opens with the text at its top. A conversation begins only with what the visitor says. */
  v.strictObject({ kind: v.literal('open') }),
  /** The card with these instead of Reply. */
  v.strictObject({
    kind: v.literal('buttons'),
    buttons: v.pipe(v.array(Button), v.minLength(1), v.maxLength(limits.buttonsPerRule)),
  }),
  /** The card with a few questions; `send` is what its button says. */
  v.strictObject({
    kind: v.literal('form'),
    fields: v.pipe(v.array(Field), v.minLength(1), v.maxLength(limits.fieldsPerForm)),
    send: v.optional(Label),
  }),
  /** A slim bar along an edge of the window. */
  v.strictObject({
    kind: v.literal('banner'),
    at: v.picklist(['top', 'bottom']),
    button: v.optional(link),
  }),
  /** The text is a question, answered by one of five faces (1 to 5) or a number (0 to 10) with words at its ends. */
  v.strictObject({
    kind: v.literal('survey'),
    scale: v.picklist(['faces', 'numbers']),
    low: v.optional(Label),
    high: v.optional(Label),
  }),
  /** Nothing is shown: the page hears `ahlan:<name>` with these properties, and with the text where there is one. */
  v.strictObject({
    kind: v.literal('event'),
    name: eventName,
    properties: v.optional(EventProperties),
  }),
])
export type Action = v.InferOutput<typeof Action>

/** Of a rule that says nothing of it. */
export const usualAction: Action = { kind: 'bubble' }

/** Whether it is nothing that a visitor bears: their budget is for what they see. */
export const isSilent = (action: Pick<Action, 'kind'> | undefined): boolean => action?.kind === 'event'

function labelSchema() {
  const one = v.optional(optionalLine(limits.labelCharacters))
  return v.pipe(
    v.strictObject({ en: one, ar: one, fa: one }),
    v.check((value) => Object.values(value).some((text) => !isBlank(text ?? '')), 'must have a text'),
    v.transform(
      ({ en, ar, fa }): v.InferOutput<typeof LocalText> => ({
        ...(en ? { en } : {}),
        ...(ar ? { ar } : {}),
        ...(fa ? { fa } : {}),
      }),
    ),
  )
}

function answer() {
  return v.pipe(
    LocalText,
    v.check(
      (value) => Object.values(value).every((one) => [...one].length <= limits.answerCharacters),
      `must be at most ${limits.answerCharacters} characters`,
    ),
  )
}
