import { refold } from '../history/refold.ts'
import type { Command } from './command.ts'
import { alone, configOf } from './place.ts'

/** Reports are computed from the entries whenever they are asked for; only the conversations' state is stored. */
export const rebuildMetrics: Command = {
  name: 'rebuild-metrics',
  usage: 'rebuild-metrics',
  summary: 'Computes what is stored of each conversation’s state from its entries again.',
  async run(_options, desk) {
    const config = configOf(desk)
    const { conversations, mended } = await alone(config, () => refold(config))
    desk.say(
      `Folded ${conversations} conversations again; ${mended} had been stored otherwise and are mended.`,
    )
  },
}
