import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Server } from 'socket.io'
import { answerLines } from './answer-lines.ts'

/** The floor: Socket.IO as it comes, relaying to one room and acknowledging. No check, no store. */
const http = createServer()
const io = new Server(http, {
  path: '/live',
  transports: ['websocket'],
  perMessageDeflate: false,
  serveClient: false,
})

io.of('/agent').on('connection', (socket) => {
  socket.join(`agent:${socket.handshake.auth.number}`)
})
io.of('/visitor').on('connection', (socket) => {
  socket.on('hello', (_: unknown, acknowledge: (answer: object) => void) => acknowledge({ ok: true }))
  socket.on('message:send', (message: { agent: number }, acknowledge: (answer: object) => void) => {
    io.of('/agent').to(`agent:${message.agent}`).emit('entries:added', message)
    acknowledge({ ok: true })
  })
})

http.listen(0, '127.0.0.1', () => {
  const { port } = http.address() as AddressInfo
  answerLines({ port, cookies: [] })
})
