import type { Kind, Slug } from '../shop.ts'

interface Titled {
  title: string
  heading: string
}

interface Passage {
  heading: string
  body: string
}

export interface WareText {
  name: string
  line: string
  story: string
  size: string
}

export interface Plan {
  name: string
  line: string
  /** In the language's own currency. */
  price: number
  items: readonly string[]
}

/** Every word of the shop in one language. */
export interface ShopTexts {
  language: string
  brand: string
  skip: string
  languages: string
  menu: string
  nav: { collection: string; workshops: string; shipping: string; cart: string }
  home: Titled & {
    lead: string
    browse: string
    learn: string
    featured: string
    all: string
    story: Passage
    promises: readonly Passage[]
  }
  collection: Titled & { lead: string; filter: string; all: string; kinds: Record<Kind, string> }
  ware: {
    add: string
    added: string
    size: string
    care: string
    careText: string
    delivery: string
    deliveryText: string
    related: string
  }
  cart: Titled & { empty: string; quantity: string; remove: string; total: string; pay: string; note: string }
  shipping: Titled & { lead: string; passages: readonly Passage[] }
  workshops: Titled & {
    lead: string
    person: string
    book: string
    popular: string
    plans: readonly [Plan, Plan, Plan]
    questions: string
    answers: readonly Passage[]
  }
  footer: { line: string; note: string }
  wares: Record<Slug, WareText>
}
