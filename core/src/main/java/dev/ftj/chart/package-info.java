/**
 * Numbers as pictures. {@link dev.ftj.chart.Curve} is a series with its gaps, {@link dev.ftj.chart.Scale} an axis with
 * its ticks, {@link dev.ftj.chart.SvgChart} both of them drawn; a terminal draws the same curves on the same scales.
 * Nothing in here knows what the numbers mean.
 */
@NullMarked
package dev.ftj.chart;

import org.jspecify.annotations.NullMarked;
