import type { PageData } from '../chart.ts';
import { drawCharts } from './draw.ts';

const text = document.getElementById('data')?.textContent;
if (text) drawCharts(JSON.parse(text) as PageData);
