import { desk } from './fa/desk.ts'
import { office } from './fa/office.ts'
import type { Texts } from './texts.ts'

export const fa: Texts = { ...desk, ...office }
