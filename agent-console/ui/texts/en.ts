import { desk } from './en/desk.ts'
import { office } from './en/office.ts'

export const en = { ...desk, ...office }
