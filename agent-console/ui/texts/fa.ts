import type { Texts } from '../words.ts'
import { desk } from './fa/desk.ts'
import { office } from './fa/office.ts'

export const fa: Texts = { ...desk, ...office }
