import { refold } from '../history/refold.ts'
import type { Command } from './command.ts'
import { alone, configOf } from './place.ts'

/** What is stored beside the entries only saves folding them again. */
export const rebuildMetrics: Command = {
  name: 'rebuild-metrics',
  usage: 'rebuild-metrics',
  summary: 'Computes each conversation’s state, and what reports read, from the entries again.',
  async run(_options, desk) {
    const config = configOf(desk)
    const { conversations, mended } = await alone(config, () => refold(config))
    desk.say(
      `Folded ${conversations} conversations again; ${mended} had been stored otherwise and are mended.`,
    )
  },
}
