/** Phones say so; the loader need not know, and the server reads it where no chunk is loaded. */
export const deviceOf = (): 'desktop' | 'phone' => (/Mobi/.test(navigator.userAgent) ? 'phone' : 'desktop')
