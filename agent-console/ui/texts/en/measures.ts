/** What each measure means, and how it is worked out. */
export const measures = {
  meaningAgent: 'How long an agent who had a waiting visitor took for their own first answer in an episode.',
  formulaAgent:
    'time of the agent’s first answer − the later of their assignment and the first unanswered message',
  meaningWait: 'How long a conversation stood in the queue before somebody took it.',
  formulaWait: 'time of the first assignment or human reply − time it came into the queue',
  meaningHandle:
    'How long agents worked on an episode. Waits of more than 4 minutes for the visitor and of more than 10 minutes for the agent are left out.',
  formulaHandle:
    'sum of the gaps between messages, changes of hands and the close while an agent had it, without those over 4 min that waited for the visitor and over 10 min that waited for the agent',
  meaningResolutionFirst: 'How long it took from the start of a conversation to its first close.',
  formulaResolutionFirst: 'time of the first close − start of the conversation',
  meaningResolutionLast:
    'How long it took from the start of a conversation to its last close, reopenings included.',
  formulaResolutionLast: 'time of the last close − start of the conversation',
  meaningResolutionEpisode: 'How long each episode took, from its start or reopening to its close.',
  formulaResolutionEpisode: 'time of the close − start of the episode',
  meaningAbandoned:
    'Share of the visitors who left before the first human answer and were not back within 5 minutes.',
  formulaAbandoned:
    'episodes whose visitor left before the first human reply and was away for more than 5 min ÷ episodes answered, left or closed',
  meaningMissed:
    'Share of the visitors who were gone without an answer in time, or whose chat was closed without one.',
  formulaMissed:
    'episodes closed without a human reply, or abandoned without one within the target ÷ episodes of which this is decided',
  meaningPromise:
    'Share of the visitors who were answered within the reply time they had been shown, counted around the clock.',
  formulaPromise:
    'episodes answered within the reply time shown ÷ episodes with a reply time shown that were answered, closed or have waited longer',
}
