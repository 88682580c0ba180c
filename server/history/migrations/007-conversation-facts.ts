import type { Dialect } from '../engine.ts'

/**
 * Who began each episode of a conversation, and where. Of conversations from before there are none. `segments` is a
 * JSON list: what people call them by is in it.
 */
export const conversationFacts = {
  number: 7,
  name: 'conversation-facts',
  statements: ({ id, clustered }: Dialect): string[] => [
    `CREATE TABLE conversation_facts (
      conversation BIGINT NOT NULL,
      episode BIGINT NOT NULL,
      language ${id} NOT NULL,
      page TEXT,
      device ${id} NOT NULL,
      proactive BIGINT NOT NULL,
      segments TEXT NOT NULL,
      PRIMARY KEY (conversation, episode)
    ) ${clustered}`,
  ],
}
