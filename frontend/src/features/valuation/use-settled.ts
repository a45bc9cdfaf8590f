import { useEffect, useState } from 'react';

/** The value once it has stopped changing. */
export function useSettled(value: string, delay = 500): string {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), delay);
    return () => clearTimeout(timer);
  }, [value, delay]);
  return settled;
}
