import { cycles, type Edge, reachable } from './graph.ts'
import type { Finding } from './sources.ts'

interface Layer {
  /** The first layer whose pattern fits a file is the file's. */
  files: RegExp
  /** What of ours it may import. */
  mayImport: RegExp
  so: string
}

const shared = 'shared/'
const ports = 'server/(?:domain/ports|log|config)\\.ts$'
const disk = 'server/flush\\.ts$'
const stores =
  'server/(?:history/(?:history|files|exposures|past|agent-states|figures|visitor-change|follow-ups)|workspace/workspace|files/files)\\.ts$'
const layer = (files: string, mayImport: string[], so: string): Layer => ({
  files: new RegExp(`^(?:${files})`),
  mayImport: new RegExp(`^(?:${mayImport.join('|')})`),
  so,
})

const layers: Layer[] = [
  layer('shared/', [shared], 'shared/ stands alone; move what it needs into shared/ or pass it in'),

  layer('widget/tracker/', ['widget/tracker/', shared], 'the tracker is part of the loader and stays small'),
  layer(
    'widget/connection/',
    ['widget/connection/', shared],
    'the connection knows nothing above it; pass listeners in',
  ),
  layer(
    'widget/state/',
    ['widget/state/', 'widget/connection/', shared],
    'state does not know the screen; let the screen read the state',
  ),
  layer(
    'widget/ui/',
    ['widget/(?:ui|live|page|state|connection)/', shared],
    'screens are put together in widget/chat.tsx, not the reverse',
  ),
  layer('widget/', ['widget/', shared], 'the widget imports itself and shared/ only'),

  layer(
    'agent-console/connection/',
    ['agent-console/connection/', shared],
    'the connection knows nothing above it; pass listeners in',
  ),
  layer(
    'agent-console/state/',
    ['agent-console/(?:state|connection)/', shared],
    'state does not know the screen; let the screen read the state',
  ),
  layer('agent-console/', ['agent-console/', shared], 'the console imports itself and shared/ only'),

  layer(
    'server/domain/',
    ['server/domain/', stores, shared],
    'the domain reaches outside through ports and the stores’ interfaces only',
  ),
  layer(
    'server/history/',
    ['server/history/', disk, ports, shared],
    'the record lies at the bottom; the domain calls it, never the reverse',
  ),
  layer(
    'server/workspace/',
    ['server/workspace/', disk, ports, shared],
    'the settings lie at the bottom; the domain calls them, never the reverse',
  ),
  layer(
    'server/files/',
    ['server/files/', disk, ports, shared],
    'the files lie at the bottom; the domain calls them, never the reverse',
  ),
  layer(
    'server/http/',
    ['server/http/', 'server/domain/', stores, ports, shared],
    'routes call the domain; what routes and sockets share belongs in the domain',
  ),
  layer(
    'server/live/',
    ['server/live/', 'server/domain/', stores, ports, shared],
    'sockets call the domain; what routes and sockets share belongs in the domain',
  ),
  layer('server/dev/', ['server/', shared], 'the tools import the server and shared/ only'),
  layer(
    'server/',
    ['server/(?!dev/)', shared],
    'the server imports itself, without its tools, and shared/ only',
  ),
  layer('tests/', ['tests/', 'shared/', 'widget/', 'server/', 'agent-console/'], 'tests import the product'),
]

interface Placement {
  packages: RegExp
  only: RegExp
  so: string
}

const placements: Placement[] = [
  {
    packages: /^socket\.io-client/,
    only: /\/connection\/|^server\/dev\//,
    so: 'sockets are opened in a connection/ folder only',
  },
  {
    packages: /^(better-sqlite3|pg|kysely)\b/,
    only: /^server\/(history|dev)\//,
    so: 'data bases are known in server/history/ only',
  },
  {
    packages: /^lowdb/,
    only: /^server\/workspace\//,
    so: 'lowdb holds the workspace document and nothing else',
  },
  { packages: /^preact/, only: /\.tsx$/, so: 'Preact is used in .tsx files; keep logic free of it' },
  {
    packages: /^express\b/,
    only: /^server\/(http\/|dev\/|app\.ts)/,
    so: 'Express is known in server/http/ and the composition root only',
  },
  {
    packages: /^socket\.io(\/|$)/,
    only: /^server\/(live\/|dev\/|app\.ts)/,
    so: 'Socket.IO is known in server/live/ and the composition root only',
  },
]

const isTest = (path: string): boolean => path.startsWith('tests/')

/** Imports that cross the house by a way that does not exist. */
export function wrongWays(edges: readonly Edge[]): Finding[] {
  return edges.flatMap(({ from, to, ours, place }) => {
    if (!ours) return []
    const own = layers.find(({ files }) => files.test(from))
    if (own?.mayImport.test(to)) return []
    return [
      `${place} imports ${to}: ${own?.so ?? 'no layer holds this file; add one to tests/house/layers.ts'}`,
    ]
  })
}

/** Packages used outside their place. */
export function misplacedPackages(edges: readonly Edge[]): Finding[] {
  return edges.flatMap(({ from, to, ours, place }) => {
    if (ours || isTest(from)) return []
    const broken = placements.filter(({ packages, only }) => packages.test(to) && !only.test(from))
    const strange = from.startsWith('shared/') && to !== 'valibot'
    return [
      ...broken.map(({ so }) => `${place} imports ${to}: ${so}`),
      ...(strange ? [`${place} imports ${to}: shared/ uses valibot and nothing else, not even Node`] : []),
    ]
  })
}

const console = /^agent-console\/(inbox|conversation|visitors|proactive|reports|settings)\//

/** The console's screens are siblings that do not know each other. */
export const screensEntangled = (edges: readonly Edge[]): Finding[] =>
  edges.flatMap(({ from, to, place }) => {
    const own = console.exec(from)?.[1]
    const other = console.exec(to)?.[1]
    if (!own || !other || own === other) return []
    return [
      `${place} imports ${to}: screens do not know each other; share it in ui/ or put it together in the app`,
    ]
  })

const heavy = /^preact|^socket\.io|^widget\/(state|connection|ui)\/|^widget\/(chat\.tsx|live\.ts)$/

/** What the script tag brings by itself stays small: the rest is imported by URL when needed. */
export function heavyLoader(edges: readonly Edge[], loader = 'widget/loader.ts'): Finding[] {
  return [...reachable(edges, loader)]
    .filter((path) => heavy.test(path))
    .map((path) => `${loader} reaches ${path}: load it by its URL when it is needed`)
}

export const roundTrips = (edges: readonly Edge[]): Finding[] =>
  cycles(edges).map((files) => `${files.join(' → ')}: a cycle; move what both need into a third file`)

/** A relative import names its file in full, so that every tool finds the same one. */
export const halfNames = (edges: readonly Edge[]): Finding[] =>
  edges
    .filter(({ to, ours }) => ours && !/\.(tsx?|json|css)$/.test(to))
    .map(({ to, place }) => `${place} imports ${to}: write the extension`)
