import { expect, test, type Page } from '@playwright/test';

import { as, axeFaults, overflowFaults, pattern, picture, Watch, wordFaults } from './support';

/** One account of every role of the demo story. */
const EVERYBODY = [
  'ent.operator',
  'ent.signatory',
  'bank.officer',
  'bank.reviewer',
  'bank.approver',
  'appraiser1',
  'appraisal.reviewer',
  'guarantee.officer',
  'bureau.handler',
  'bureau.checker',
  'treasurer',
  'finance.checker',
  'fund.handler',
  'fund.checker',
  'expert1',
  'observer',
  'sysadmin',
  'secadmin',
  'auditor',
] as const;

/**
 * Checkers see what their makers see, and the smaller houses see a part of what these see.
 * Every run walks those between whom every page is opened; `WALK=all` walks everybody, on
 * the phone too, which takes some twenty minutes more than anybody waits for a test.
 */
const EVERY_RUN: readonly string[] = [
  'ent.operator',
  'bank.officer',
  'bureau.handler',
  'treasurer',
  'expert1',
  'sysadmin',
  'auditor',
];
const everybody = process.env['WALK'] === 'all';
const walkers: readonly string[] = everybody ? EVERYBODY : EVERY_RUN;

/** On the phone those whose pages have least in common. */
const ON_PHONE: readonly string[] = everybody ? EVERYBODY : ['ent.operator', 'bureau.handler'];

/**
 * Measuring a page by axe costs more than opening it, so each address pattern (and tab) is
 * measured once in a worker; a picture is taken of everything that looks different: other
 * headings, other buttons. Opening the pages, what the server and the console say, words and
 * width are tested for every role.
 */
const measured = new Set<string>();
const pictured = new Set<string>();
/** Pages that were opened in this worker: their tabs and what they lead to are not opened again. */
const opened = new Set<string>();

function first(seen: Set<string>, what: string): boolean {
  if (seen.has(what)) return false;
  seen.add(what);
  return true;
}

async function inspect(page: Page, watch: Watch, who: string): Promise<string[]> {
  await watch.settled();
  const faults = [...watch.take(), ...(await overflowFaults(page)), ...(await wordFaults(page))];
  const { pathname, searchParams } = new URL(page.url());
  const where = `${pattern(pathname)} ${searchParams.get('tab') ?? ''}`.trim();
  const width = page.viewportSize()?.width ?? 0;
  if (first(measured, `${width} ${where}`)) faults.push(...(await axeFaults(page)));
  const looks = await page
    .locator('main :is(h2, h3, button, th, [role=tab])')
    .evaluateAll((all) => [...new Set(all.map((each) => each.textContent))].sort().join('|'));
  if (first(pictured, `${width} ${where} ${looks}`)) await picture(page, who, where);
  return faults.map((fault) => `${where} ${fault}`);
}

/** The page and each of its tabs. */
async function inspectWithTabs(page: Page, watch: Watch, who: string): Promise<string[]> {
  const faults = await inspect(page, watch, who);
  const width = page.viewportSize()?.width ?? 0;
  if (!first(opened, `${width} ${pattern(new URL(page.url()).pathname)}`) && !everybody) {
    return faults;
  }
  const tabs = page.locator('main [role=tab]');
  for (let at = 1; at < (await tabs.count()); at++) {
    await tabs.nth(at).click();
    faults.push(...(await inspect(page, watch, who)));
  }
  return faults;
}

/** The addresses inside the page's own part, one for each pattern. */
async function onward(page: Page): Promise<string[]> {
  const links = await page
    .locator('main a[href^="/"]')
    .evaluateAll((all) => all.map((each) => each.getAttribute('href') ?? ''));
  return links.filter((link) => !link.startsWith('/api/'));
}

/** Visits the given pages and, from each of them, one page of every kind it leads to. */
async function walk(page: Page, watch: Watch, who: string, starts: string[], within: RegExp) {
  const faults: string[] = [];
  const done = new Set<string>();
  const depth = process.env['WALK_DEPTH'] ? Number(process.env['WALK_DEPTH']) : 1;
  let level = starts;
  for (let at = 0; at <= depth; at++) {
    const next: string[] = [];
    for (const address of level) {
      if (done.has(pattern(address))) continue;
      done.add(pattern(address));
      await open(page, address);
      faults.push(...(await inspectWithTabs(page, watch, who)));
      const width = page.viewportSize()?.width ?? 0;
      next.push(
        ...(await onward(page)).filter(
          (link) => within.test(link) && (everybody || !opened.has(`${width} ${pattern(link)}`)),
        ),
      );
    }
    level = next;
  }
  return faults;
}

/** Inside the application by its own router, which is how people move and is faster. */
async function open(page: Page, address: string) {
  const from = new URL(page.url()).pathname;
  const link = page.locator(`a[href="${address}"]`).filter({ visible: true }).first();
  if ((await link.count()) > 0) {
    await link.click();
    // A page may lead on at once (one's own organisation, for example).
    await page.waitForURL((url) => url.pathname !== from || url.href.endsWith(address));
  } else {
    await page.goto(address);
  }
}

// The pages of one person don't wait for those of another.
test.describe.configure({ mode: 'parallel' });
// A trace of some twenty pages costs more than the pages; a failure says which page it is.
test.use({ trace: 'off', screenshot: 'off' });

for (const who of walkers) {
  test(`${who} 的每一页`, async ({ page }, info) => {
    test.skip(info.project.name === 'phone' && !ON_PHONE.includes(who), '手机上走有代表性的角色');
    test.setTimeout(240_000);
    const watch = new Watch(page);
    await as(page, who);
    await page.goto('/console');
    await watch.settled();
    if (info.project.name === 'phone') {
      await page.getByRole('button', { name: '打开菜单' }).click();
    }
    const menu = page.getByRole('navigation', { name: '主菜单' }).filter({ visible: true });
    await expect(menu).toBeVisible();
    const entries = await menu
      .getByRole('link')
      .evaluateAll((all) => all.map((each) => each.getAttribute('href') ?? ''));
    expect(entries.length).toBeGreaterThan(0);
    await page.goto('/console');
    const faults = await walk(page, watch, who, ['/console', ...entries], /^\/console/);
    expect(faults.join('\n')).toBe('');
  });
}

test('公众的每一页', async ({ page }) => {
  test.setTimeout(240_000);
  const watch = new Watch(page);
  await page.goto('/');
  const faults = await walk(
    page,
    watch,
    'public',
    ['/', '/products', '/figures', '/notices', '/calculators', '/register', '/sign-in'],
    /^\/(?!console)/,
  );
  expect(faults.join('\n')).toBe('');
});
