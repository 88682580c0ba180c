/** Where visitors upload, and where everybody downloads. */
export const filesPath = '/v1/files'
/** Where agents upload. */
export const agentFilesPath = '/api/v1/files'
/** Carries a file's name, percent-encoded: in an address it would stand in the log of every proxy. */
export const fileNameHeader = 'x-file-name'
