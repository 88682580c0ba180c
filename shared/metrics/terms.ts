/**
 * What the counts and the columns around the measures mean, in one sentence: what is counted or worked out stands in it.
 * Screens print from here, as they do from the definitions of the measures.
 */
export const termDefinitions = {
  conversations:
    'How many conversations began in these days. One that is reopened later is not counted anew.',
  episodes: 'How many times a chat began in these days: each new conversation, and each that was reopened.',
  visitorMessages:
    'How many messages visitors wrote in the chats that began in these days, also those written later.',
  agentMessages:
    'How many messages visitors got from people in the chats that began in these days. Notes and automatic messages do not count.',
  proactive: 'How many of the chats that began in these days began with the answer to a message of ours.',
  counted:
    'How many there are to work the other figures out from. Who still waits counts as having waited until now.',
  median: 'Half of them took this long or less, the other half at least as long.',
  p90: 'Nine of ten took this long or less.',
  mean: 'All of them added up, divided by how many there are. A few very long ones move it far.',
  meanRating:
    'The answers as numbers on their scale, added up and divided by how many there are. Good and bad ones cancel each other out in it.',
  longest: 'The longest of them all.',
  inTarget:
    'Share of them that took no longer than was aimed at for the team and the priority, in the business time of that team.',
  firstWaits: 'How many chats waited for a first answer by a person.',
  agentWaits: 'How many waits were with this colleague, for however short a part of them.',
  ownWaits:
    'How long visitors waited for the answers of this colleague, of each wait only the part that was theirs.',
  agentClosed: 'How many chats were closed while this colleague had them.',
  shown: 'In how many of the chats closed in these days the visitor saw the question.',
  skipped: 'How many saw the question and chose not to answer. They count as no answer, not as a bad one.',
  closed: 'How many chats were closed in these days, asked or not.',
  unasked: 'How many chats somebody closed without asking, with a reason that is kept.',
  responseRate: 'Share of those who saw the question who answered it.',
  coverage: 'Share of the chats closed in which the visitor saw the question.',
  promoters: 'Share of the answers that were 9 or 10.',
  detractors: 'Share of the answers from 0 to 6.',
  waiting: 'How many visitors waited for a person at once, on average over the hour.',
  waitingMost: 'How many waited at once when most did.',
  online: 'How many colleagues who may answer were online at once, on average over the hour.',
  visitors: 'How many visitors were seen in these days. Who came on several days counts once.',
  visits: 'How many times visitors came in these days.',
  pageViews: 'How many pages were looked at in these days, each as often as it was.',
  chatted: 'How many of the visitors began a conversation in these days.',
  eligible: 'How many visitors the moment of this rule came for, shown the message or held out.',
  heldOut:
    'How many were left without the message, to compare with. Who they are is by chance, and stays so.',
  invited: 'How many visitors the message was sent to.',
  seen: 'How many had the message in sight on their screen.',
  opened: 'How many opened the chat from the message.',
  replied: 'How many answered the message.',
  followedUp: 'How many things to make right were opened in these days, by a low rating or as a complaint.',
  followUpsDone: 'How many of those opened in these days are done by now, in time or late.',
  followUpsOverdue: 'How many of those opened in these days are not done although they are due.',
} as const satisfies Record<string, string>

export type Term = keyof typeof termDefinitions
