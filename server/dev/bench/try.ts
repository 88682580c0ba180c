import { randomBytes, randomUUID } from 'node:crypto'
import { mkdtempSync } from 'node:fs'
import { openHistory } from '../../history/open.ts'
import { makeId } from '../../../shared/ids.ts'
const clock = { now: () => Date.now(), after: () => () => undefined }
const dataDir = mkdtempSync('/tmp/prof/h-')
const h = await openHistory({ dataDir, clock } as any)
const siteId = makeId('s', Date.now(), randomBytes(10))
const V = 1000
const ids = Array.from({length:V},()=>({visitorId: makeId('v', Date.now(), randomBytes(10)), newId: makeId('c', Date.now(), randomBytes(10))}))
let n=0; const end=performance.now()+6000
const say=(i:number)=>h.conversations.append({target:{kind:'current',siteId,...ids[i]!},command:{type:'message',author:{kind:'visitor',id:ids[i]!.visitorId},clientId:randomUUID() as any,text:'How long does delivery to the coast take, and can it be gift-wrapped?',note:false},at:Date.now()})
await Promise.all(ids.map(async(_, i)=>{ while(performance.now()<end){ const r=await say(i); if(!r.ok) throw r; n++ } }))
console.log(n/6, 'appends/s')
await h.close(); process.exit(0)
