import { openHistory } from '../../server/history/open.ts'
import { newClientId, noon, scene } from './history-cast.ts'

/**
 * A process that writes to the store of `dataDir` until it is killed, or until the store is
 * unavailable; each acknowledged message is a line `ack <conversation> <clientId>`. After `full`
 * it waits for a line on its input, writes once more and ends.
 */
const dataDir = process.argv[2] ?? ''
/** Written at once, and waiting while the pipe is full. */
const say = (line: string) => process.stdout.write(`${line}\n`)

const history = await openHistory({ dataDir, clock: { now: () => noon } })

async function send(who: ReturnType<typeof scene>): Promise<boolean> {
  const clientId = newClientId()
  const answer = await who.says('x'.repeat(200), noon, clientId)
  say(
    answer.ok
      ? `ack ${answer.value.conversation.id} ${clientId}`
      : `refused ${answer.error.code} ${clientId}`,
  )
  return answer.ok
}

async function keepSending(): Promise<void> {
  const who = scene(history)
  while (await send(who));
}

await Promise.all(Array.from({ length: 16 }, keepSending))
say('full')
process.stdin.once('data', async () => {
  await send(scene(history))
  await history.close()
  process.exit(0)
})
