package org.bpfree.report.figure;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.List;
import org.bpfree.learn.spiking.SpikeTrain;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A raster of spikes")
class SpikeRasterTest {
    private static final int MARK = SpikeRaster.MARK.getRGB();

    private static SpikeTrain train(String name, int steps, int units) {
        return new SpikeTrain(name, new boolean[steps][units]);
    }

    private static int marks(List<SpikeTrain> layers) throws IOException {
        BufferedImage image = FigureFormat.picture(new SpikeRaster("", "", layers));
        int marks = 0;
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                marks += image.getRGB(x, y) == MARK ? 1 : 0;
            }
        }
        return marks;
    }

    @Test
    @DisplayName("has a mark of the same size for each spike of the units shown, and none without spikes")
    void oneMarkASpike() throws IOException {
        SpikeTrain hidden = train("dense1", 5, 150);
        SpikeTrain output = train("dense2", 5, 10);
        assertThat(marks(List.of(hidden, output))).isZero();
        output.spikes()[2][7] = true;
        int one = marks(List.of(hidden, output));
        assertThat(one).isPositive();
        output.spikes()[4][0] = true;
        assertThat(marks(List.of(hidden, output))).isEqualTo(2 * one);
        hidden.spikes()[0][149] = true;
        assertThat(marks(List.of(hidden, output))).isGreaterThan(2 * one);
    }

    @Test
    @DisplayName("stands where the spike is: later to the right, higher numbers further down")
    void position() {
        SpikeTrain output = train("dense2", 5, 10);
        int[] before = firstMark(output, 1, 3);
        int[] later = firstMark(output, 3, 3);
        int[] below = firstMark(output, 1, 8);
        assertThat(later[0] - before[0]).isEqualTo((int) (FigureFormat.PIXELS * 2 * SpikeRaster.PLOT_WIDTH / 5));
        assertThat(later[1]).isEqualTo(before[1]);
        assertThat(below[0]).isEqualTo(before[0]);
        assertThat(below[1] - before[1]).isEqualTo(FigureFormat.PIXELS * 5 * SpikeRaster.lineHeight(output));
    }

    private static int[] firstMark(SpikeTrain train, int step, int unit) {
        train.spikes()[step][unit] = true;
        BufferedImage image = FigureFormat.picture(new SpikeRaster("", "", List.of(train)));
        train.spikes()[step][unit] = false;
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                if (image.getRGB(x, y) == MARK) {
                    return new int[] {x, y};
                }
            }
        }
        throw new AssertionError("no mark");
    }

    @Test
    @DisplayName("shows large layers by units spread evenly over them")
    void largeLayers() {
        assertThat(SpikeRaster.shown(10)).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
        int[] shown = SpikeRaster.shown(25_088);
        assertThat(shown).hasSize(SpikeRaster.MOST_UNITS).isSorted().doesNotHaveDuplicates();
        assertThat(shown[1] - shown[0]).isEqualTo(125);
    }
}
