import { createHash } from 'node:crypto';
import type { PageData } from './chart.ts';
import { Html, html, jsonScript } from './html.ts';

/** Script and style of the page, as text. */
export interface PageAssets {
  readonly script: string;
  readonly style: string;
}

/** Bundled from `load/report/page`. The generator puts it into each bundle that contains this module. */
declare const LOAD_REPORT_PAGE: PageAssets;

/** Parts of a page. */
export interface PageOptions {
  readonly title: string;
  readonly body: Html;
  readonly data: PageData;
  /** Seconds after which a browser loads the page again. Default: never. */
  readonly refreshSeconds?: number;
}

/**
 * Renders a page that is complete in one file. Its policy forbids everything else: any request, and any script or style
 * other than its own, in case that a name or a message of a clone ever got through the escaping.
 */
export function renderPage({ title, body, data, refreshSeconds }: PageOptions): string {
  const { script, style } = LOAD_REPORT_PAGE;
  const policy = [
    "default-src 'none'",
    `script-src '${hashOf(script)}'`,
    `style-src '${hashOf(style)}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  const page = html`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
${refreshSeconds === undefined ? null : html`<meta http-equiv="refresh" content="${refreshSeconds}">\n`}<title>${title}</title>
<style>${new Html(style)}</style>
</head>
<body>
${body}
${jsonScript('data', data)}
<script>${new Html(script)}</script>
</body>
</html>
`;
  return page.text;
}

function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}
