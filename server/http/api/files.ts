import { agentFilesPath } from '../../../shared/file-paths.ts'
import { ClientId, ConversationId } from '../../../shared/ids.ts'
import { notAFile } from '../public/uploads.ts'
import { agentRoute, created, reply } from '../route.ts'

export const agentFileRoutes = [
  agentRoute({
    method: 'post',
    path: agentFilesPath,
    summary:
      'A file for a message of this conversation after it. The body is the file (application/octet-stream), its name stands in X-File-Name.',
    access: 'conversations:write',
    query: { conversation: ConversationId, clientId: ClientId },
    async answer({ query: { conversation: conversationId, clientId }, agent, call }) {
      if (!call.incoming) return notAFile()
      const from = { agent, conversationId, clientId }
      return reply(await call.domain.files.takeFromAgent(from, call.incoming), created)
    },
  }),
]
