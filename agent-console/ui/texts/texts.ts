import type { en } from './en.ts'

/** A text in the forms its language counts in; `{n}` stands for the number. */
export type Plural = { other: string } & Partial<Record<Intl.LDMLPluralRule, string>>

type English = typeof en
export type TextKey = { [Key in keyof English]: English[Key] extends string ? Key : never }[keyof English]
export type PluralKey = Exclude<keyof English, TextKey>
/** Every text of the console in one language. */
export type Texts = Record<TextKey, string> & Record<PluralKey, Plural>
