/**
 * The SHA-256 of a file, in hex. Browsers give the means only to pages that came encrypted
 * or from the machine itself; elsewhere there is none.
 */
export async function sha256(file: Blob): Promise<string | undefined> {
  if (!('subtle' in crypto)) return undefined;
  const digest = await crypto.subtle.digest('SHA-256', new Uint8Array(await file.arrayBuffer()));
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
