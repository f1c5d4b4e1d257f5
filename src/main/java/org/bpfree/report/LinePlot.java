package org.bpfree.report;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.theme.MatlabTheme;

/** Lines over a horizontal axis, as a PNG picture. */
public final class LinePlot {
    private static final int WIDTH = 900;
    private static final int HEIGHT = 560;

    private final String title;
    private final String xTitle;
    private final String yTitle;
    private final boolean fromZero;
    private final Map<String, double[][]> lines = new LinkedHashMap<>();

    /**
     * A plot without lines.
     *
     * @param fromZero whether the vertical axis begins at zero
     */
    public LinePlot(String title, String xTitle, String yTitle, boolean fromZero) {
        this.title = title;
        this.xTitle = xTitle;
        this.yTitle = yTitle;
        this.fromZero = fromZero;
    }

    /** Adds a line through points. */
    public LinePlot line(String name, double[] x, double[] y) {
        lines.put(name, new double[][] {x, y});
        return this;
    }

    /** Replaces a PNG file. */
    public void write(Path file) {
        XYChart chart = new XYChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(title)
                .xAxisTitle(xTitle)
                .yAxisTitle(yTitle)
                .build();
        chart.getStyler().setTheme(new MatlabTheme());
        chart.getStyler().setLegendPosition(Styler.LegendPosition.OutsideE);
        if (fromZero) {
            chart.getStyler().setYAxisMin(0.0);
        }
        lines.forEach((name, line) -> chart.addSeries(name, line[0], line[1]));
        PngFile.write(file, BitmapEncoder.getBufferedImage(chart));
    }
}
