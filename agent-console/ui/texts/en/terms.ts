/** What the counts and columns around the measures mean. */
export const terms = {
  termConversations:
    'How many conversations began in these days. One that is reopened later is not counted anew.',
  termEpisodes:
    'How many times a chat began in these days: each new conversation, and each that was reopened.',
  termVisitorMessages:
    'How many messages visitors wrote in the chats that began in these days, also those written later.',
  termAgentMessages:
    'How many messages visitors got from people in the chats that began in these days. Notes and automatic messages do not count.',
  termProactive: 'How many of the chats that began in these days began with the answer to a message of ours.',
  termCounted:
    'How many there are to work the other figures out from. Who still waits counts as having waited until now.',
  termMedian: 'Half of them took this long or less, the other half at least as long.',
  termP90: 'Nine of ten took this long or less.',
  termMean: 'All of them added up, divided by how many there are. A few very long ones move it far.',
  termMeanRating:
    'The answers as numbers on their scale, added up and divided by how many there are. Good and bad ones cancel each other out in it.',
  termLongest: 'The longest of them all.',
  termInTarget:
    'Share of them that took no longer than was aimed at for the team and the priority, in the business time of that team.',
  termFirstWaits: 'How many chats waited for a first answer by a person.',
  termAgentWaits: 'How many waits were with this colleague, for however short a part of them.',
  termOwnWaits:
    'How long visitors waited for the answers of this colleague, of each wait only the part that was theirs.',
  termAgentClosed: 'How many chats were closed while this colleague had them.',
  termShown: 'In how many of the chats closed in these days the visitor saw the question.',
  termSkipped:
    'How many saw the question and chose not to answer. They count as no answer, not as a bad one.',
  termClosed: 'How many chats were closed in these days, asked or not.',
  termUnasked: 'How many chats somebody closed without asking, with a reason that is kept.',
  termResponseRate: 'Share of those who saw the question who answered it.',
  termCoverage: 'Share of the chats closed in which the visitor saw the question.',
  termPromoters: 'Share of the answers that were 9 or 10.',
  termDetractors: 'Share of the answers from 0 to 6.',
  termWaiting: 'How many visitors waited for a person at once, on average over the hour.',
  termWaitingMost: 'How many waited at once when most did.',
  termOnline: 'How many colleagues who may answer were online at once, on average over the hour.',
  termVisitors: 'How many visitors were seen in these days. Who came on several days counts once.',
  termVisits: 'How many times visitors came in these days.',
  termPageViews: 'How many pages were looked at in these days, each as often as it was.',
  termChatted: 'How many of the visitors began a conversation in these days.',
  termEligible: 'How many visitors the moment of this rule came for, shown the message or held out.',
  termHeldOut:
    'How many were left without the message, to compare with. Who they are is by chance, and stays so.',
  termInvited: 'How many visitors the message was sent to.',
  termSeen: 'How many had the message in sight on their screen.',
  termOpened: 'How many opened the chat from the message.',
  termReplied: 'How many answered the message.',
  termFollowedUp:
    'How many things to make right were opened in these days, by a low rating or as a complaint.',
  termFollowUpsDone: 'How many of those opened in these days are done by now, in time or late.',
  termFollowUpsOverdue: 'How many of those opened in these days are not done although they are due.',
}
