import { mkdirSync } from 'node:fs';

import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/** All demo accounts have the same password (internal/seed). */
export const PASSWORD = 'Shaoyang@2026';

/** What the browser and the server complained about while a page was open. */
export class Watch {
  readonly complaints: string[] = [];
  private pending = 0;
  private quietSince = Date.now();

  constructor(private readonly page: Page) {
    page.on('console', (line) => {
      // A refused request is noted below with its address; the browser's own line says less.
      if (line.type() === 'error' && !line.text().startsWith('Failed to load resource')) {
        this.complaints.push(`控制台报错：${line.text().slice(0, 300)}`);
      }
    });
    page.on('pageerror', (error) => this.complaints.push(`页面异常：${error.message}`));
    page.on('request', () => this.count(1));
    page.on('requestfinished', () => this.count(-1));
    page.on('requestfailed', () => this.count(-1));
    page.on('response', (answer) => {
      if (answer.status() >= 400) {
        const { pathname, search } = new URL(answer.url());
        this.complaints.push(
          `${answer.request().method()} ${pathname}${search} 返回 ${answer.status()}`,
        );
      }
    });
  }

  private count(step: number): void {
    this.pending = Math.max(0, this.pending + step);
    this.quietSince = Date.now();
  }

  /** Until the page has its heading, shows no outline, and asks the server for nothing more. */
  async settled(): Promise<void> {
    const { page } = this;
    await expect(page.getByRole('heading', { level: 1 }).first()).toBeVisible();
    await expect(async () => {
      expect(this.pending, '还有未完成的请求').toBe(0);
      expect(Date.now() - this.quietSince, '刚有请求结束').toBeGreaterThan(80);
      expect(await page.locator('main .ant-skeleton-active, main .ant-spin-spinning').count()).toBe(
        0,
      );
    }).toPass({ intervals: [40, 60, 100], timeout: 20_000 });
  }

  /** Hands out what was noted and forgets it. */
  take(): string[] {
    return this.complaints.splice(0);
  }
}

/** Signs in by the API; the browser gets the cookie, no form is filled in. */
export async function as(page: Page, username: string): Promise<void> {
  await page.context().clearCookies();
  const origin = new URL(await base(page)).origin;
  const answer = await page.request.post('/api/v1/session', {
    data: { username, password: PASSWORD },
    headers: { Origin: origin },
  });
  expect(answer.ok(), `${username} 登录：${answer.status()} ${await answer.text()}`).toBe(true);
}

/** The server's address, as the configuration gives it. */
async function base(page: Page): Promise<string> {
  const probe = await page.request.get('/livez', { failOnStatusCode: false });
  return probe.url();
}

/** Nothing serious or critical by axe. */
export async function axeFaults(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page })
    // One frame: no page has to be opened to gather the results of several.
    .setLegacyMode()
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'])
    .analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(
      ({ id, nodes }) =>
        `无障碍 ${id}：${nodes
          .slice(0, 3)
          .map((node) => `${node.target.join(' ')} ${node.any[0]?.message ?? ''}`)
          .join('；')}`,
    );
}

/** Nothing may make the page itself scroll sideways. */
export async function overflowFaults(page: Page): Promise<string[]> {
  const wide = await page.evaluate(() => {
    const room = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= room) return '';
    // The innermost elements that stick out name the culprit.
    const out = [...document.querySelectorAll('main *')].filter(
      (each) => each.getBoundingClientRect().right > room + 1,
    );
    const last = out.at(-1);
    return `${document.documentElement.scrollWidth - room} 像素，${last?.tagName ?? ''}.${String(last?.className)}`;
  });
  return wide ? [`页面横向溢出 ${wide}`] : [];
}

/** Words of Latin letters that belong on a Chinese page. */
const LATIN =
  /^(IPC|LPR|SHA|Excel|PDF|OFD|Word|API|TOTP|pdf|jpg|jpeg|png|docx|xlsx|ofd|csv|Shaoyang)$/;

/** Names that the component library gives its own parts and lets nobody change. */
const LIBRARY = ['Increase Value', 'Decrease Value', 'Clear'];

/** Codes, English words and the leavings of a program among what can be read. */
export async function wordFaults(page: Page): Promise<string[]> {
  const texts = await page.evaluate((library) => {
    const found: string[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const holder = node.parentElement;
      // Fingerprints, numbers and sign-in names stand in <code> and .num.
      if (!holder || holder.closest('script, style, code, pre, .num, textarea, canvas, svg')) {
        continue;
      }
      if (holder.checkVisibility()) found.push(node.textContent ?? '');
    }
    for (const each of document.querySelectorAll('[aria-label], [placeholder], [title]')) {
      for (const name of ['aria-label', 'placeholder', 'title']) {
        // Icons of the library name themselves in English; they are hidden or named by their button.
        if (each.getAttribute('role') === 'img') continue;
        const value = each.getAttribute(name);
        if (value && !library.includes(value)) found.push(value);
      }
    }
    return found;
  }, LIBRARY);
  const faults = new Set<string>();
  for (const text of texts) {
    for (const code of text.match(/(?<![\w@./-])[a-z]+(?:_[a-z]+)+(?![\w@./-])/g) ?? []) {
      faults.add(`原始代码 ${code}（${clip(text)}）`);
    }
    for (const word of text.match(/(?<![\w@./:-])[A-Za-z]{3,}(?![\w@./:-])/g) ?? []) {
      if (/^[A-Z]{3}$/.test(word) || LATIN.test(word)) continue;
      faults.add(`英文词 ${word}（${clip(text)}）`);
    }
    if (/\bNaN\b|Invalid Date|\[object/.test(text)) faults.add(`程序残留（${clip(text)}）`);
  }
  return [...faults];
}

function clip(text: string): string {
  return text.trim().replace(/\s+/g, ' ').slice(0, 60);
}

/** The whole page as a picture: test-results/screens/<who>-<page>-<width>.png. */
export async function picture(page: Page, who: string, name: string): Promise<void> {
  const folder = process.env['SCREENS'] ?? 'test-results/screens';
  mkdirSync(folder, { recursive: true });
  const width = page.viewportSize()?.width ?? 0;
  await page.screenshot({
    path: `${folder}/${who}-${name.replace(/[^\w-]+/g, '_')}-${width}.png`,
    fullPage: true,
    animations: 'disabled',
  });
}

/** /console/needs/0193… → /console/needs/:id */
export function pattern(address: string): string {
  return address.replace(/[?#].*$/, '').replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22}/g, ':id');
}

/** Today in Shaoyang, moved by some days, as the API and the date fields write it. */
export function date(days = 0): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' }).format(
    new Date(Date.now() + days * 86_400_000),
  );
}
