import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { build } from 'esbuild'
import { icon } from '../demo/art.ts'
import { renderPage } from '../demo/layout.ts'
import { allPages } from '../demo/pages/pages.ts'
import { address } from '../demo/shop.ts'

const site = 'dist/public'

/** The demo shop's pages, style and script, written into `dist/public/demo`. */
export async function buildDemo(): Promise<void> {
  await Promise.all([
    ...allPages().map((page) => put(`${address(page.locale, page.path)}index.html`, renderPage(page))),
    put('/demo/icon.svg', icon.source),
    buildAssets(),
  ])
}

async function put(address: string, text: string): Promise<void> {
  const path = join(site, address)
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, text)
}

async function buildAssets(): Promise<void> {
  await build({
    entryPoints: { shop: 'server/demo/browser/shop.ts', style: 'server/demo/style.css' },
    outdir: `${site}/demo`,
    bundle: true,
    format: 'esm',
    target: 'es2022',
    minify: true,
    loader: { '.woff2': 'file' },
    assetNames: 'fonts/[name]-[hash]',
    logLevel: 'warning',
  })
}
