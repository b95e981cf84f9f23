/**
 * Numbers as pictures. {@link dev.ftj.internal.chart.PlotSeries} is a series with its gaps, {@link dev.ftj.internal.chart.Axis} an axis with
 * its ticks, {@link dev.ftj.internal.chart.SvgChart} both of them drawn; a terminal draws the same curves on the same scales.
 * Nothing here depends on the meaning of the numbers.
 */
@NullMarked
package dev.ftj.internal.chart;

import org.jspecify.annotations.NullMarked;
