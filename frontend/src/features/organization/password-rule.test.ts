import { describe, expect, it } from 'vitest';

import { checkPassword } from './password-rule';

describe('checkPassword', () => {
  it.each([
    ['short', 'li.ming', '口令至少 10 位'],
    ['abcdefghi1', 'li.ming', '应包含大写、小写、数字、符号中的至少三类'],
    ['Li.Ming-2026x', 'li.ming', '口令中不能含有登录名'],
  ])('refuses %s as the server does', async (password, username, message) => {
    await expect(checkPassword(password, username)).rejects.toThrow(message);
  });

  it.each(['Abcdefghi1', 'abcdefgh1!', '平台口令abc123DEF'])('takes %s', async (password) => {
    await expect(checkPassword(password, 'li.ming')).resolves.toBeUndefined();
  });
});
