/** Figures for papers: charts of lines, sheets of maps and rasters of spikes, of one look, as PNG, SVG or PDF. */
package org.bpfree.report.figure;
