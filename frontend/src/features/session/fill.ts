interface Account {
  username: string;
  password: string;
}

const listeners = new Set<(account: Account) => void>();

/** The form listens: choosing a demo account fills it in. */
export function onFill(listener: (account: Account) => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Chooses an account. */
export function fill(account: Account): void {
  listeners.forEach((listener) => listener(account));
}
