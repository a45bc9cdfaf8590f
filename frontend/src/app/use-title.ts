import { useEffect } from 'react';
import { useMatches } from 'react-router';

/** The title of the page in view, as its route gives it; also set on the browser's tab. */
export function useTitle(): string | undefined {
  const matches = useMatches();
  const title = matches
    .map((match) => match.handle as { title?: string } | undefined)
    .findLast((handle) => handle?.title)?.title;
  useEffect(() => {
    document.title = title ? `${title} · 邵知融` : '邵知融 · 知识产权质押融资平台';
  }, [title]);
  return title;
}
