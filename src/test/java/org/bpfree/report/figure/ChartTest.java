package org.bpfree.report.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.List;
import org.bpfree.report.figure.Palette.Look;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A chart")
class ChartTest {
    private static final int SIZE = 300;
    private static final Look LOOK = new Look(Palette.COLOURS.get(1), "", Marker.CIRCLE, 1.8);

    /** The first and last row of a column of pixels with a colour of the line. */
    private static int[] reach(ChartPanel.Line line, int column) {
        ChartAxis axis = ChartAxis.of("", 0, 10);
        BufferedImage page = new BufferedImage(SIZE, SIZE, BufferedImage.TYPE_INT_RGB);
        new ChartPanel("", axis, axis, List.of(line), List.of())
                .draw(page.createGraphics(), new Rectangle2D.Double(0, 0, SIZE, SIZE), List.of(LOOK));
        int first = -1;
        int last = -1;
        for (int y = 0; y < SIZE; y++) {
            if (page.getRGB(column, y) == LOOK.colour().getRGB()) {
                first = first < 0 ? y : first;
                last = y;
            }
        }
        return new int[] {first, last};
    }

    @Test
    @DisplayName("has error bars of the length of the error, up and down")
    void errorBars() {
        double[] x = {0, 5, 10};
        double[] y = {5, 5, 5};
        // The plot is 242 wide from 44 on, and 242 high.
        int middle = 44 + 121;
        int[] bar = reach(new ChartPanel.Line(0, x, y, new double[] {0, 2, 0}), middle);
        int[] none = reach(ChartPanel.Line.of(0, x, y), middle);

        assertThat((double) bar[1] - bar[0]).isCloseTo(242 * 4 / 10.0, within(2.0));
        assertThat(none[1] - none[0]).as("marker alone").isLessThan(9);
        assertThat(bar[0] + bar[1]).as("around the value").isCloseTo(none[0] + none[1], within(2));
    }

    @Test
    @DisplayName("leaves a gap where there is no number")
    void gap() {
        double[] x = {0, 4, 6, 10};
        int column = 44 + 242 / 4; // between the first two points

        assertThat(reach(ChartPanel.Line.of(0, x, new double[] {5, 5, 5, 5}), column)[0])
                .isPositive();
        assertThat(reach(ChartPanel.Line.of(0, x, new double[] {5, Double.NaN, 5, 5}), column)[0])
                .isEqualTo(-1);
    }

    @Test
    @DisplayName("has round numbers on its axes")
    void roundTicks() {
        assertThat(ChartAxis.of("", 0, 100).shown(5)).containsExactly(0.0, 20.0, 40.0, 60.0, 80.0, 100.0);
        assertThat(ChartAxis.of("", -1, 1).shown(4)).containsExactly(-1.0, -0.5, 0.0, 0.5, 1.0);
        assertThat(new ChartAxis("", 1, 1000, true, List.of()).shown(4)).containsExactly(1.0, 10.0, 100.0, 1000.0);
        assertThat(ChartAxis.fromZero("", new double[] {81, 12, Double.NaN}).high())
                .isEqualTo(100);
        assertThat(ChartAxis.fromZero("", new double[0]).high()).isEqualTo(1);
    }

    @Test
    @DisplayName(
            "has a tick at each setting that was measured, and equal ratios equally far apart where they span many")
    void measuredTicks() {
        ChartAxis batch = ChartAxis.ofValues("", new double[] {64, 16, 256, 16});

        assertThat(batch.ticks()).containsExactly(16.0, 64.0, 256.0);
        assertThat(batch.share(64)).isCloseTo(0.5, within(1e-12));
        assertThat(ChartAxis.ofValues("", new double[] {2, 3, 4}).share(3)).isCloseTo(0.5, within(1e-12));
        assertThat(ChartAxis.ofValues("", new double[] {0, 100}).logarithmic())
                .as("zero has no logarithm")
                .isFalse();
        assertThat(ChartAxis.ofValues("", new double[] {7, 7}).share(7)).isEqualTo(0.5);
    }

    @Test
    @DisplayName("writes numbers in as few digits as they need")
    void numbers() {
        assertThat(ChartAxis.text(0.1 + 0.2)).isEqualTo("0.3");
        assertThat(ChartAxis.text(-20)).isEqualTo("−20");
        assertThat(ChartAxis.text(100)).isEqualTo("100");
        assertThat(ChartAxis.text(-0.0)).isEqualTo("0");
        assertThat(ChartAxis.text(1e-5)).isEqualTo("1e−05");
    }

    @Test
    @DisplayName("has markers of about one area")
    void markers() {
        for (Marker marker : Marker.values()) {
            double inside = 0;
            double step = 0.01;
            for (double x = -3; x < 3; x += step) {
                for (double y = -3; y < 3; y += step) {
                    inside += marker.unit().contains(x, y) ? step * step : 0;
                }
            }
            assertThat(inside).as(marker.name()).isCloseTo(Math.PI, within(0.5));
        }
    }
}
