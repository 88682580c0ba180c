/**
 * When the current episode began, which heads of before do not say: without it nothing is known to be due at its close.
 * Of open conversations alone, found by the index of lists; a closed one is told anew when it is reopened. A head is
 * added to as the text that it is: PostgreSQL could not read one in which somebody wrote U+0000. Quotes within
 * people's words are escaped in it, so that none of them can look like a name.
 */
export const reopenedAt = {
  number: 12,
  name: 'reopened-at',
  statements: (): string[] => [
    `UPDATE conversations
     SET head = substr(head, 1, length(head) - 1) || ',"reopenedAt":' || (${began}) || '}'
     WHERE status = 'open' AND head LIKE '%"episode":%' AND head NOT LIKE '%"episode":1,%'
     AND head NOT LIKE '%"reopenedAt":%' AND (${began}) IS NOT NULL`,
  ],
}

const began = `SELECT e.at FROM entries e
  WHERE e.conversation = conversations.number AND e.body LIKE '%"kind":"reopened"%' ORDER BY e.seq DESC LIMIT 1`
