import { parse } from 'valibot'
import { describe, expect, it } from 'vitest'
import { listedCauses, readCauses } from '../../agent-console/settings/cause-lines.ts'
import { FollowUpSettings, type NamedCause, usualFollowUps } from '../../shared/follow-up.ts'
import { locales } from '../../shared/locale.ts'

const late = { id: 'own-1', name: { en: 'Late delivery', ar: 'تأخر التوصيل', fa: 'تحویل دیرهنگام' } }
const broken = { en: 'Broken item', ar: 'قطعة تالفة', fa: 'کالای خراب' }
const read = (text: string, held: readonly NamedCause[] = [], locale: (typeof locales)[number] = 'en') =>
  readCauses({ text, held, locale, now: 1_700_000_000_000 })
const codes = (all: readonly NamedCause[]) => all.map(({ id }) => id)

describe.each(locales)('lines of causes in %s', (locale) => {
  it('R36 give what is new no code that was there before', () => {
    const [made] = read(broken[locale], [late], locale)
    expect(made?.name).toEqual({ [locale]: broken[locale] })
    expect(made?.id).toMatch(/^own-[a-z0-9]{6,}$/)
    // Long after the last one of its kind is gone.
    expect(codes(readCauses({ text: broken[locale], held: [], locale, now: 1_700_000_000_001 }))).not.toEqual(
      [made?.id],
    )
  })

  it('R36 leave a code with its name, wherever that stands and whether it is written or not', () => {
    const text = `${broken[locale]}\n${late.name[locale]}`
    const all = read(text, [late], locale)
    expect(all[1]).toEqual(late)
    expect(read(listedCauses(all, locale), all, locale)).toEqual(all)
    expect(read(`own-1: ${late.name[locale]}\n${late.name[locale]}`, [late], locale)[0]).toEqual(late)
  })

  it('R36 give each its own', () => {
    const all = read(['a', 'a', 'b', 'c'].map((name) => `${broken[locale]} ${name}`).join('\n'), [], locale)
    expect(new Set(codes(all)).size).toBe(4)
    expect(codes(all)).not.toContain(read('d', all, locale)[0]?.id)
    expect(parse(FollowUpSettings, { ...usualFollowUps, causes: all }).causes).toEqual(all)
  })
})
