import { html, type Markup } from './markup.ts'
import { type Slug, wares } from './shop.ts'

/** Drawings on a field of 240 by 240. Their colours come from the glaze's class in the style sheet. */
const drawings: Record<Slug, Markup> = {
  'dawn-bowl': html`
    <path class="glaze" d="M38 106C42 168 84 190 120 190s78-22 82-84Z"/>
    <path class="deep" d="M92 186h56l7 16H85Z"/>
    <path class="line" d="M45 134q12.5-14 25 0t25 0 25 0 25 0 25 0 25 0"/>
    <path class="line thin" d="M56 156q10.6-9 21.3 0t21.3 0 21.3 0 21.3 0 21.3 0 21.3 0"/>
    <ellipse class="deep" cx="120" cy="106" rx="82" ry="17"/>
    <ellipse class="slip" cx="120" cy="108" rx="75" ry="12.5"/>
    <path class="shine" d="M52 122c5 28 18 44 34 54-14-14-22-32-24-52Z"/>`,
  'saffron-bowl': html`
    <path class="glaze" d="M30 100c0 64 44 92 90 92s90-28 90-92Z"/>
    <path class="deep" d="M88 188h64l5 14H83Z"/>
    <g class="slip">${around(7, 17, (turn) => html`<ellipse cx="120" cy="182" rx="4" ry="13" transform="rotate(${turn - 51} 120 92)"/>`)}</g>
    <ellipse class="deep" cx="120" cy="100" rx="90" ry="19"/>
    <ellipse class="slip" cx="120" cy="102" rx="82" ry="14"/>
    <ellipse class="glaze soft" cx="120" cy="105" rx="56" ry="8"/>
    <path class="shine" d="M44 118c4 28 20 50 42 60-16-16-26-36-30-58Z"/>`,
  'cypress-vase': html`
    <path class="stem" d="M120 50C116 32 124 20 121 4"/>
    <path class="leaf" d="M121 30c14-2 20-10 20-20-12 2-19 9-20 20ZM119 40c-14-2-20-10-20-20 12 2 19 9 20 20Z"/>
    <path class="glaze" d="M102 48h36c3 24-7 38-2 56 31 14 46 38 44 62-2 28-28 40-60 40s-58-12-60-40c-2-24 13-48 44-62 5-18-5-32-2-56Z"/>
    <ellipse class="deep" cx="120" cy="48" rx="18" ry="5"/>
    <path class="line" d="M103 104q17 7 34 0M68 146q52 18 104 0"/>
    <path class="slip" d="M120 158c10 10 13 22 0 36-13-14-10-26 0-36ZM86 164c8 8 10 16 1 26-9-10-8-18-1-26ZM154 164c-8 8-10 16-1 26 9-10 8-18 1-26Z"/>
    <path class="shine" d="M78 138c-8 18-6 38 8 52-4-18-4-36 4-56Z"/>`,
  'moon-jar': html`
    <path class="glaze" d="M94 56h52c42 12 62 42 60 76-2 40-36 66-64 70H98c-28-4-62-30-64-70-2-34 18-64 60-76Z"/>
    <ellipse class="deep" cx="120" cy="56" rx="26" ry="7"/>
    <path class="line thin" d="M34 134q86 14 172 0"/>
    <circle class="line thin" cx="154" cy="104" r="11"/><circle class="line thin" cx="96" cy="164" r="7"/><circle class="line thin" cx="132" cy="172" r="4"/>
    <path class="shine" d="M58 96c-14 26-10 62 14 84-8-28-8-58 6-90Z"/>`,
  'pomegranate-plate': html`
    <circle class="deep" cx="120" cy="124" r="94"/><circle class="slip" cx="120" cy="124" r="88"/>
    <g class="glaze">${around(16, 22.5, (turn) => html`<path d="M120 42c7 8 7 16 0 24-7-8-7-16 0-24Z" transform="rotate(${turn} 120 124)"/>`)}</g>
    <circle class="line" cx="120" cy="124" r="54"/>
    <path class="glaze" d="M120 98c22 0 34 14 34 30s-14 30-34 30-34-14-34-30 12-30 34-30Z"/>
    <path class="glaze" d="m110 100-5-17 10 7 5-10 5 10 10-7-5 17Z"/>
    <path class="slip" d="M120 112c10 4 15 10 15 18s-6 15-15 18c-9-3-15-10-15-18s5-14 15-18Z"/>
    <g class="seed"><circle cx="120" cy="122" r="4"/><circle cx="112" cy="131" r="4"/><circle cx="128" cy="131" r="4"/><circle cx="120" cy="140" r="4"/></g>`,
  'caravan-tea-set': html`
    <path class="line thick" d="M150 92c40-8 48 52 2 60"/>
    <path class="glaze" d="M52 116c-18-2-24-16-36-26l13-5c8 8 14 12 28 13Z"/>
    <path class="glaze" d="M102 74c38 0 60 24 60 56 0 34-26 54-60 54s-60-20-60-54c0-32 22-56 60-56Z"/>
    <path class="deep" d="M72 80q30-16 60 0-30 12-60 0Z"/><circle class="deep" cx="102" cy="64" r="8"/>
    <path class="line" d="M43 122q15-13 29.5 0t29.5 0 29.5 0 29.5 0"/>
    <path class="slip" d="m102 136 5 9 10 1-7 7 2 10-10-5-10 5 2-10-7-7 10-1Z"/>
    <path class="shine" d="M58 104c-8 20-6 42 8 60-4-22-2-42 6-64Z"/>
    <path class="glaze" d="M146 158h44c0 26-8 40-22 40s-22-14-22-40ZM196 164h36c0 22-7 34-18 34s-18-12-18-34Z"/>
    <ellipse class="slip" cx="168" cy="158" rx="22" ry="5"/><ellipse class="slip" cx="214" cy="164" rx="18" ry="4"/>`,
}

function around(count: number, degrees: number, piece: (turn: number) => Markup): Markup[] {
  return Array.from({ length: count }, (_, i) => piece(i * degrees))
}

/** A ware on its shadow; decoration, since its name stands beside it. */
export const drawing = (slug: Slug): Markup => html`
<svg class="art ${wares[slug].glaze}" viewBox="0 0 240 240" aria-hidden="true" focusable="false">
  <ellipse class="shadow" cx="120" cy="204" rx="86" ry="9"/>${drawings[slug]}
</svg>`

/** The eight-pointed star of the tile makers: two squares laid across each other. */
function star(x: number, y: number, radius: number): string {
  const points = Array.from({ length: 16 }, (_, i) => {
    const reach = i % 2 === 0 ? radius : radius * 0.765
    const angle = (i * Math.PI) / 8
    return `${(x + reach * Math.cos(angle)).toFixed(1)} ${(y + reach * Math.sin(angle)).toFixed(1)}`
  })
  return `M${points.join('L')}Z`
}

export const emblem = html`<svg class="emblem" viewBox="0 0 40 40" aria-hidden="true" focusable="false">
  <path class="glaze" d="${star(20, 20, 19)}"/><path class="slip" d="${star(20, 20, 10)}"/></svg>`

/** A niche with three wares before a wall of tiles. */
export const niche = html`
<svg class="niche" viewBox="0 0 640 560" aria-hidden="true" focusable="false">
  <defs>
    <pattern id="tiles" width="80" height="80" patternUnits="userSpaceOnUse">
      <path class="tile" d="${star(40, 40, 38)}"/><path class="tile-inner" d="${star(40, 40, 19)}"/>
      <path class="tile-inner" d="${star(0, 0, 12)}${star(80, 0, 12)}${star(0, 80, 12)}${star(80, 80, 12)}"/>
    </pattern>
    <radialGradient id="lamp"><stop class="lamp" offset=".2"/><stop class="lamp lamp-out" offset="1"/></radialGradient>
    <clipPath id="arch"><path d="M60 560V250C60 150 190 110 320 16c130 94 260 134 260 234v310Z"/></clipPath>
  </defs>
  <g clip-path="url(#arch)">
    <path class="wall" d="M0 0h640v560H0Z"/><path fill="url(#tiles)" d="M0 0h640v560H0Z"/>
    <circle fill="url(#lamp)" cx="320" cy="320" r="290"/>
    <path class="shelf" d="M0 488h640v72H0Z"/><path class="edge" d="M0 488h640v8H0Z"/>
  </g>
  <path class="frame" d="M60 560V250C60 150 190 110 320 16c130 94 260 134 260 234v310"/>
  <g class="chalk" transform="translate(82 284) scale(1)">${drawings['moon-jar']}</g>
  <g class="turquoise" transform="translate(196 176) scale(1.54)">${drawings['cypress-vase']}</g>
  <g class="cobalt" transform="translate(348 306) scale(.9)">${drawings['dawn-bowl']}</g>
</svg>`

/** The emblem as a file of its own, which no style sheet reaches. */
export const icon = html`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40"><path fill="#1f4e8c" d="${star(20, 20, 19)}"/><path fill="#faf6ef" d="${star(20, 20, 10)}"/></svg>`
