import { problemOf, toProblem } from '@/api/problem';
import { apiURL } from '@/api/request';
import { announceSignedOut, newKey } from '@/api/transport';

/** A document as the server keeps it (document.View). */
export interface StoredDocument {
  id: string;
  name: string;
  media_type: string;
  size: number;
  /** Of the content; what shows later that nobody changed it. */
  sha256: string;
  purpose: string;
  uploader_name: string;
  uploaded_at: string;
}

/**
 * Sends a document (POST /documents, multipart). By XMLHttpRequest, because fetch can't say
 * how much of a body has gone out.
 */
export function uploadDocument(
  file: File,
  onProgress: (percent: number) => void,
): Promise<StoredDocument> {
  const form = new FormData();
  form.set('file', file);
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', apiURL('/documents'));
    request.setRequestHeader('Idempotency-Key', newKey());
    request.responseType = 'json';
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) onProgress(Math.round((event.loaded / event.total) * 100));
    };
    request.onload = () => {
      if (request.status >= 200 && request.status < 300) {
        resolve(request.response as StoredDocument);
        return;
      }
      if (request.status === 401) announceSignedOut();
      reject(problemOf(request.status, request.response));
    };
    request.onerror = () => reject(toProblem(undefined));
    request.send(form);
  });
}
