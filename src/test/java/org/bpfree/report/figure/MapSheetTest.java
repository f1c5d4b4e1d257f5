package org.bpfree.report.figure;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A sheet of maps")
class MapSheetTest {
    private static final double ROOM = 200;

    private static Cells units(double... values) {
        return new Cells(
                "dense1",
                "units",
                1,
                1,
                1,
                values.length,
                Arrays.stream(values).mapToObj(value -> new double[] {value}).toList());
    }

    private static Cells map(String layer, double... values) {
        return new Cells(layer, "channels", 1, values.length, 1, 1, List.of(values));
    }

    private static BufferedImage sheet(Cells... ofNetworks) {
        List<MapSheet.Column> columns = Arrays.stream(ofNetworks)
                .map(cells -> new MapSheet.Column("", "", List.of(cells)))
                .toList();
        return FigureFormat.picture(new MapSheet("", "", Optional.empty(), columns));
    }

    private static long count(BufferedImage picture, int colour) {
        return Arrays.stream(picture.getRGB(0, 0, picture.getWidth(), picture.getHeight(), null, 0, picture.getWidth()))
                .filter(each -> each == colour)
                .count();
    }

    @Test
    @DisplayName("leaves cells blank that no unit belongs to")
    void unusedCells() {
        double[] values = new double[47];
        Arrays.fill(values, -1);
        Cells cells = units(values);
        BufferedImage drawn = cells.draw(new ColourScale(ColourScale.Kind.SIGNED, 1), ROOM);

        int columns = cells.columns(ROOM);
        assertThat(columns).as("in tens, not all in one row").isEqualTo(10);
        assertThat(cells.rows(ROOM)).isEqualTo(5);
        int least = new ColourScale(ColourScale.Kind.SIGNED, 1).colour(-1);
        int middle = cells.zoom() / 2 + 1;
        int last = 4 * cells.pitchY() + middle;
        assertThat(drawn.getRGB(6 * cells.pitchX() + middle, last))
                .as("unit 46")
                .isEqualTo(least);
        for (int column = 7; column < columns; column++) {
            assertThat(drawn.getRGB(column * cells.pitchX() + middle, last) >>> 24)
                    .as("no unit " + (40 + column))
                    .isZero();
        }
    }

    @Test
    @DisplayName("shows equal numbers of networks in equal colours, whatever else they have")
    void commonScale() {
        int half = new ColourScale(ColourScale.Kind.SIGNED, 4).colour(2);
        int most = new ColourScale(ColourScale.Kind.SIGNED, 4).colour(-4);

        long alone = count(sheet(map("conv1", 2, -4)), half);
        BufferedImage both = sheet(map("conv1", 2, 2), map("conv1", 2, -4));

        assertThat(alone).isPositive();
        assertThat(count(both, half)).isEqualTo(3 * alone);
        assertThat(count(both, most)).isGreaterThanOrEqualTo(alone);
    }

    @Test
    @DisplayName("gives layers that are not alike a scale and a row each")
    void ownScales() {
        int most = new ColourScale(ColourScale.Kind.UNSIGNED, 1).colour(1);
        long one = count(sheet(map("conv1", 1, 1)), most);

        assertThat(count(sheet(map("conv1", 1, 1), map("conv2", 9, 9)), most))
                .as("the largest of either is the end of its scale")
                .isGreaterThanOrEqualTo(2 * one - 2 * one / 10);
        assertThat(new MapSheet("", "", Optional.empty(), List.of(column("a"), column("b"))).height())
                .isGreaterThan(new MapSheet("", "", Optional.empty(), List.of(column("a"), column("a"))).height());
    }

    private static MapSheet.Column column(String layer) {
        return new MapSheet.Column("", "", List.of(map(layer, 1, 2)));
    }

    @Test
    @DisplayName("says how many maps there are and how many of them it shows")
    void sizes() {
        List<double[]> maps = Collections.nCopies(8, new double[9]);

        assertThat(new Cells("conv1", "channels", 3, 3, 1, 8, maps).size(ROOM)).isEqualTo("3×3, 8 channels");
        assertThat(new Cells("conv1", "channels", 3, 3, 1, 64, maps).size(ROOM))
                .isEqualTo("3×3, first 8 of 64 channels");
        assertThat(units(new double[47]).size(ROOM)).isEqualTo("47 units, 10 a row");
    }

    @Test
    @DisplayName("names networks, layers, and the number of each map")
    void names() throws IOException {
        String svg = new String(
                FigureFormat.svg.bytes(new MapSheet(
                        "test image 7",
                        "True class: Shirt.",
                        Optional.of(new BufferedImage(4, 4, BufferedImage.TYPE_INT_RGB)),
                        List.of(
                                new MapSheet.Column(
                                        "frsf", "predicted class: Coat, 60 %", List.of(map("conv1", -0.5, 0.25))),
                                new MapSheet.Column("ekdaa", "", List.of(map("conv1", 0, 0)))))),
                StandardCharsets.UTF_8);

        assertThat(svg)
                .contains(
                        ">test image 7<", ">True class: Shirt.<", ">frsf<", ">predicted class: Coat, 60 %<", ">ekdaa<")
                .contains(">conv1<", ">1×2, 1 channels<", ">0.500<", ">−0.500<", ">0<");
    }
}
