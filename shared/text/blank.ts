/** Fillers and blanks that Unicode does not count among its white space are among the ignorable ones, or here. */
const visible = /[^\p{White_Space}\p{Default_Ignorable_Code_Point}\p{Cc}\u2800\ufff9-\ufffb]/u

/** Nothing in it can be seen: spaces, joiners and fillers alone. */
export const isBlank = (text: string): boolean => !visible.test(text)
