/** The server's rules (iam.CheckPassword), said while one types; the server has the last word. */
export function checkPassword(password: string | undefined, username: string | undefined) {
  if (!password) return Promise.resolve();
  if ([...password].length < 10) return Promise.reject(new Error('口令至少 10 位'));
  if (username && password.toLowerCase().includes(username.toLowerCase())) {
    return Promise.reject(new Error('口令中不能含有登录名'));
  }
  const classes = [/\p{Lu}/u, /\p{Ll}/u, /\p{Nd}/u, /[^\p{Lu}\p{Ll}\p{Nd}]/u];
  if (classes.filter((each) => each.test(password)).length < 3) {
    return Promise.reject(new Error('应包含大写、小写、数字、符号中的至少三类'));
  }
  return Promise.resolve();
}
