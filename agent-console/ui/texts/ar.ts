import type { Texts } from '../words.ts'
import { desk } from './ar/desk.ts'
import { office } from './ar/office.ts'

export const ar: Texts = { ...desk, ...office }
