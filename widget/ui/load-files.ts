/** All about files but the button: downloaded with the first one. */
export const loadFiles = () => import('./files.ts')
export type FilesKit = Awaited<ReturnType<typeof loadFiles>>
