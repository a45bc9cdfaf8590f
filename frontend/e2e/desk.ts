import { expect, type Browser, type Locator, type Page } from '@playwright/test';

import { as } from './support';

/** Everybody at a desk of their own: one window for each person, opened when first needed. */
export class Office {
  private readonly desks = new Map<string, Page>();

  constructor(private readonly browser: Browser) {}

  /** The window of a person who signs in by the API. */
  async desk(username: string): Promise<Page> {
    const open = this.desks.get(username);
    if (open) return open;
    const page = await this.window(username);
    await as(page, username);
    return page;
  }

  /** A window in which nobody is signed in yet. */
  async window(name: string): Promise<Page> {
    const open = this.desks.get(name);
    if (open) return open;
    const context = await this.browser.newContext();
    const page = await context.newPage();
    this.desks.set(name, page);
    return page;
  }

  async close(): Promise<void> {
    for (const page of this.desks.values()) await page.context().close();
  }
}

/** The path of an address, without its tab. */
export function path(page: Page): string {
  return new URL(page.url()).pathname;
}

/** The id at the end of a detail page's address. */
export function idOf(address: string): string {
  return address.split('/').at(-1) ?? '';
}

interface Step {
  /** Fills the form that the step opens. */
  form?: (dialog: Locator) => Promise<void>;
  /** The form's button; the step's own label where it only asks back. */
  button?: string;
}

/** Takes a step that the page offers, through the question or the form that follows. */
export async function act(page: Page, label: string, { form, button }: Step = {}): Promise<void> {
  await page
    .getByRole('group', { name: '可办理的操作' })
    .getByRole('button', { name: label, exact: true })
    .click();
  const dialog = page.getByRole('dialog').last();
  await expect(dialog).toBeVisible();
  if (form) await form(dialog);
  await dialog.getByRole('button', { name: button ?? label, exact: true }).click();
  await expect(dialog).toBeHidden();
}

/** Opens a page and waits for its heading. */
export async function open(page: Page, address: string, title?: string | RegExp): Promise<void> {
  await page.goto(address);
  await expect(
    page.getByRole('heading', { level: 1, ...(title ? { name: title } : {}) }).first(),
  ).toBeVisible();
}

/** The second of two people: reads what waits on the page and signs it. */
export async function countersign(page: Page, address: string): Promise<void> {
  await open(page, address);
  const panel = page.getByRole('region', { name: '待复核事项' });
  await expect(panel).toBeVisible();
  await panel.getByRole('button', { name: '复核通过' }).click();
  const dialog = page.getByRole('dialog').last();
  await dialog.getByRole('button', { name: '复核通过' }).click();
  await expect(dialog).toBeHidden();
  await expect(panel).toBeHidden();
}

/** The state that stands beside the page's title. */
export async function expectStatus(page: Page, text: string | RegExp): Promise<void> {
  const line = page.getByRole('heading', { level: 1 }).locator('..');
  await expect(line.locator('.ant-tag').filter({ hasText: text })).toBeVisible();
}

/** A field of a form by its label, which says （选填） where it may stay empty. */
export function field(within: Page | Locator, label: string): Locator {
  const plain = label.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return within.getByLabel(new RegExp(`^${plain}(（选填）)?$`));
}

export async function fill(within: Page | Locator, values: Record<string, string>): Promise<void> {
  for (const [label, value] of Object.entries(values)) {
    const input = field(within, label);
    // An amount shows its separators until one stands in the field.
    await input.focus();
    await input.fill(value);
  }
}

/** Dates are typed and taken over by going on to the next field; Enter would send the form. */
export async function days(within: Page | Locator, values: Record<string, string>): Promise<void> {
  for (const [label, value] of Object.entries(values)) {
    const input = field(within, label);
    await input.fill(value);
    await input.press('Tab');
    await expect(input).toHaveValue(value);
  }
}

/** Picks from a list that opens below its field. */
export async function pick(
  page: Page,
  control: Locator,
  ...options: (string | RegExp)[]
): Promise<void> {
  await control.click();
  const list = page.locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden)');
  for (const option of options) {
    await list.locator('.ant-select-item-option').filter({ hasText: option }).first().click();
  }
  // A single choice closes its list by itself; an Escape that comes late would close the dialog.
  const many = await control.evaluate(
    (box) => box.closest('.ant-select')?.classList.contains('ant-select-multiple') ?? false,
  );
  if (many || options.length > 1) await control.press('Escape');
  await expect(list).toHaveCount(0);
}

let papers = 0;

/** Hands in a scan at the field with this label. */
export async function attach(within: Page | Locator, label: string, name: string): Promise<void> {
  const item = within.locator('.ant-form-item').filter({ hasText: label });
  papers += 1;
  await item.locator('input[type=file]').setInputFiles({
    name: `${name}.pdf`,
    mimeType: 'application/pdf',
    // Every scan has a content, and so a fingerprint, of its own.
    buffer: Buffer.from(
      `%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\n% ${name} ${Date.now()} ${papers}\ntrailer<</Root 1 0 R>>\n%%EOF\n`,
    ),
  });
  await expect(item.getByText(`${name}.pdf`).first()).toBeVisible();
}

/** The next step of a long form. */
export async function next(page: Page): Promise<void> {
  await page.getByRole('button', { name: '下一步' }).click();
}

/** Signs in as people do, with the form. */
export async function signIn(page: Page, username: string, password: string) {
  await open(page, '/sign-in');
  await fill(page, { 登录名: username, 口令: password });
  await page.getByRole('button', { name: '登录', exact: true }).click();
  await page.waitForURL(/\/console/);
}
