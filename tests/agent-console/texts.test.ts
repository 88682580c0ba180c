import { readdirSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { explanations, terms } from '../../agent-console/reports/explanations.ts'
import { catalogues, createWords } from '../../agent-console/ui/words.ts'
import { formatTag, type Locale, locales } from '../../shared/locale.ts'
import { allDefinitions } from '../../shared/metrics/all-definitions.ts'
import { type Term, termDefinitions } from '../../shared/metrics/terms.ts'

const { en } = catalogues
const others = locales.filter((locale) => locale !== 'en')
const slots = (text: string): string[] => [...text.matchAll(/\{\w+\}/g)].map(([slot]) => slot).sort()
const forms = (text: string | object): string[] => (typeof text === 'string' ? [text] : Object.values(text))
const textsOf = (locale: Locale) => Object.entries<string | object>(catalogues[locale])

describe('the texts of the console', () => {
  it.each(others)('are complete in %s', (locale) => {
    expect(Object.keys(catalogues[locale]).sort()).toEqual(Object.keys(en).sort())
  })

  it('are each written once, since of two under one name the later would silently win', async () => {
    const folder = new URL('../../agent-console/ui/texts/en/', import.meta.url)
    const parts = await Promise.all(
      (await readdir(folder)).map((file): Promise<object> => import(new URL(file, folder).href)),
    )
    const keys = parts.flatMap((part) => Object.values(part).flatMap((texts) => Object.keys(texts)))
    expect(keys.sort()).toEqual(Object.keys(en).sort())
  })

  it.each(locales)('have something to say everywhere, without raising their voice, in %s', (locale) => {
    const faults = textsOf(locale).filter(([, text]) =>
      forms(text).some((one) => !one.trim() || /[!！]/.test(one)),
    )
    expect(faults).toEqual([])
  })

  it.each(locales)('have every plural form that %s counts in', (locale) => {
    const wanted = new Intl.PluralRules(formatTag(locale)).resolvedOptions().pluralCategories
    const lacking = textsOf(locale).flatMap(([key, text]) =>
      typeof text === 'string'
        ? []
        : wanted.filter((form) => !(form in text)).map((form) => `${key} ${form}`),
    )
    expect(lacking).toEqual([])
  })

  it.each(others)('leave no slot of the English text out in %s', (locale) => {
    const translated = new Map(textsOf(locale))
    const differing = textsOf('en').filter(
      ([key, text]) =>
        typeof text === 'string' && slots(text).join() !== slots(String(translated.get(key))).join(),
    )
    expect(differing).toEqual([])
  })

  it('C27 write "here" in one way in Persian', () => {
    expect(textsOf('fa').filter(([, text]) => JSON.stringify(text).includes('اینجا'))).toEqual([])
  })

  it.each(others)('are not left in English in %s', (locale) => {
    const translated = new Map(textsOf(locale))
    const same = textsOf('en').filter(([key, text]) => translated.get(key) === text)
    expect(same).toEqual([])
  })

  it.each(locales)(
    'say each thing once in %s: a second text of one name would overrule the first',
    async (locale) => {
      const folder = new URL(`../../agent-console/ui/texts/${locale}/`, import.meta.url)
      const parts: object[] = await Promise.all(
        readdirSync(folder).map((file) => import(new URL(file, folder).href)),
      )
      const keys = parts.flatMap((part) => Object.values(part)).flatMap((texts) => Object.keys(texts))
      expect(keys.filter((key, i) => keys.indexOf(key) !== i)).toEqual([])
      expect(keys.length).toBe(textsOf(locale).length)
    },
  )

  it.each(Object.values(allDefinitions))('M36 explain $id in the words of its definition', (definition) => {
    const { meaning, formula } = explanations[definition.id]
    expect([en[meaning], en[formula]]).toEqual([definition.meaning, definition.formula])
  })

  it('M125 explain counts and columns in the words of their definitions', () => {
    const explained = Object.entries(terms).map(([term, key]) => [term, en[key]])
    expect(Object.fromEntries(explained)).toEqual(termDefinitions satisfies Record<Term, string>)
  })
})

describe('counting', () => {
  it.each([
    [0, 'لا أحد في الانتظار'],
    [1, 'شخص واحد في الانتظار'],
    [2, 'شخصان في الانتظار'],
    [5, '٥ أشخاص في الانتظار'],
    [11, '١١ شخصاً في الانتظار'],
    [100, '١٠٠ شخص في الانتظار'],
  ])('says %i people in Arabic as an Arab would', (n, said) => {
    expect(createWords('ar').count('peopleWaiting', n)).toBe(said)
  })

  it('uses Persian digits in Persian', () => {
    expect(createWords('fa').count('unread', 12)).toBe('۱۲ پیام نخوانده')
  })
})
