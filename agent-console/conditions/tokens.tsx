import { useId, useState } from 'preact/hooks'
import { fold } from '../../shared/text/fold.ts'
import { nameOfTag } from '../../shared/triggers/words/words.ts'
import { useWords } from '../ui/context.tsx'
import { Icon } from '../ui/icons.tsx'
import { useEditing } from './editing.tsx'

const languages =
  'ar az bg bn ca ckb cs da de el en es et eu fa fi fr gl he hi hr hu hy id is it ja ka kk ko ku lt lv mk ms nb nl pl ps pt pt-BR ro ru sk sl sq sr sv sw ta th tr uk ur uz vi zh zh-TW'
const countries =
  'AD AE AF AG AI AL AM AO AR AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BM BN BO BR BS BT BW BY BZ CA CD CF CG CH CI CL CM CN CO CR CU CV CW CY CZ DE DJ DK DM DO DZ EC EE EG ER ES ET FI FJ FO FR GA GB GD GE GH GI GL GM GN GQ GR GT GW GY HK HN HR HT HU ID IE IL IM IN IQ IR IS IT JE JM JO JP KE KG KH KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MG MK ML MM MN MO MR MT MU MV MW MX MY MZ NA NE NG NI NL NO NP NZ OM PA PE PG PH PK PL PR PS PT PY QA RE RO RS RU RW SA SC SD SE SG SI SK SL SM SN SO SR SS ST SV SY SZ TD TG TH TJ TL TM TN TO TR TT TW TZ UA UG US UY UZ VA VC VE VG VN VU WS XK YE YT ZA ZM ZW'

const known = { language: languages.split(' '), region: countries.split(' ') }

interface TokensProps {
  label: string
  name: string
  type: 'language' | 'region'
  value: readonly string[]
  onChange: (value: string[]) => void
  faulty?: boolean | undefined
}

/** Languages or countries, each found by its name and said by it. */
export function TokensSlot({ label, name, type, value, onChange, faulty }: TokensProps) {
  const { t, locale } = useWords()
  return (
    <span class="tokens">
      {value.map((tag) => (
        <button
          key={tag}
          type="button"
          class="token"
          aria-label={t('leaveOut', { name: nameOfTag(tag, type, locale) })}
          onClick={() => onChange(value.filter((one) => one !== tag))}
        >
          {nameOfTag(tag, type, locale)}
          <Icon name="close" size={12} />
        </button>
      ))}
      <OneMore
        {...{ label, name, type }}
        faulty={faulty || value.length === 0}
        onAdd={(tag) => onChange([...new Set([...value, tag])])}
      />
    </span>
  )
}

interface MoreProps extends Pick<TokensProps, 'label' | 'name' | 'type' | 'faulty'> {
  onAdd: (tag: string) => void
}

function OneMore({ label, name, type, faulty, onAdd }: MoreProps) {
  const { t, locale } = useWords()
  const { typed } = useEditing()
  const [text, setText] = useState(typed.get(name) ?? '')
  const list = useId()
  const keep = (next: string) => {
    setText(next)
    if (next) typed.set(name, next)
    else typed.delete(name)
  }
  const take = (asked: string) => {
    const found = tagOf(asked, type, (tag) => nameOfTag(tag, type, locale))
    keep(found ? '' : asked)
    if (found) onAdd(found)
  }
  return (
    <>
      <input
        class="part-input one-more"
        aria-label={label}
        aria-invalid={faulty || text !== ''}
        list={list}
        autoComplete="off"
        size={10}
        placeholder={t('oneMore')}
        value={text}
        onInput={(event) => {
          const next = event.currentTarget.value
          const picked = known[type].find((tag) => nameOfTag(tag, type, locale) === next)
          if (picked) take(next)
          else keep(next)
        }}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return
          event.preventDefault()
          take(text)
        }}
        onBlur={() => take(text)}
      />
      <datalist id={list}>
        {known[type].map((tag) => (
          <option key={tag} value={nameOfTag(tag, type, locale)} />
        ))}
      </datalist>
    </>
  )
}

/** By its name in the language of the console, or by the tag itself. */
function tagOf(asked: string, type: 'language' | 'region', nameOf: (tag: string) => string): string | null {
  const wanted = fold(asked)
  if (!wanted) return null
  const found = known[type].find((tag) => fold(tag) === wanted || fold(nameOf(tag)) === wanted)
  if (found) return found
  return type === 'language' && /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(asked.trim()) ? asked.trim() : null
}
