import { layoutOf } from '../../generator/layout.ts';
import { reportPage } from '../../generator/load/report-page.ts';

/** Defines the page's script and style as the generator does it in bundles. Call it before a report is rendered. */
export async function definePage(): Promise<void> {
  const { LOAD_REPORT_PAGE } = await reportPage(layoutOf().root);
  if (!LOAD_REPORT_PAGE) throw new Error('the checkout has no page for reports');
  Object.assign(globalThis, { LOAD_REPORT_PAGE: JSON.parse(LOAD_REPORT_PAGE) });
}
