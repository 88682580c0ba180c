// Runs the worker without a build: on Node 20 a thread does not inherit its parent's TypeScript loader.
import { register } from 'tsx/esm/api'

register()
await import('./store-worker.ts')
