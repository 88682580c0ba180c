import type { AddressInfo } from 'node:net'
import express from 'express'
import { answerLines } from './answer-lines.ts'

/** The floor of a page view: the same framework reads the body and throws it away. */
const app = express()
app.post('/v1/page-views', express.text({ type: '*/*' }), (_request, response) => {
  response.json({ ok: true })
})
const http = app.listen(0, '127.0.0.1', () => {
  const { port } = http.address() as AddressInfo
  answerLines({ port, cookies: [] })
})
