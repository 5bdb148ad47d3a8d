import type uPlot from 'uplot';
import type { PageData, Span } from '../chart.ts';
import type { Theme } from './theme.ts';

/** Draws what lies behind the lines of a chart over time: shades of warm-ups and cool-downs, and phases. */
export function shading({ phases, unmeasured }: PageData, theme: Theme): uPlot.Plugin {
  return {
    hooks: {
      drawClear: (plot) => {
        const { ctx } = plot;
        ctx.save();
        ctx.beginPath();
        ctx.rect(plot.bbox.left, plot.bbox.top, plot.bbox.width, plot.bbox.height);
        ctx.clip();
        for (const span of unmeasured) shade(plot, span, theme.shade);
        if (phases.length > 1) for (const phase of phases) markPhase(plot, phase, theme);
        ctx.restore();
      },
    },
  };
}

function shade(plot: uPlot, { from, to }: Span, color: string): void {
  const left = plot.valToPos(from, 'x', true);
  plot.ctx.fillStyle = color;
  plot.ctx.fillRect(left, plot.bbox.top, plot.valToPos(to, 'x', true) - left, plot.bbox.height);
}

function markPhase(plot: uPlot, { name, from }: Span, { boundary, text }: Theme): void {
  const { ctx, bbox } = plot;
  const ratio = devicePixelRatio;
  const x = Math.round(plot.valToPos(from, 'x', true));
  ctx.strokeStyle = boundary;
  ctx.lineWidth = ratio;
  ctx.setLineDash([4 * ratio, 4 * ratio]);
  ctx.beginPath();
  ctx.moveTo(x, bbox.top);
  ctx.lineTo(x, bbox.top + bbox.height);
  ctx.stroke();
  ctx.fillStyle = text;
  ctx.font = `${11 * ratio}px system-ui, sans-serif`;
  ctx.textAlign = 'left';
  ctx.textBaseline = 'top';
  ctx.fillText(name, x + 4 * ratio, bbox.top + 3 * ratio);
}
