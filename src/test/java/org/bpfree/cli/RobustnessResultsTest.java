package org.bpfree.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.bpfree.measure.robustness.Robustness.Line;
import org.bpfree.measure.robustness.RobustnessArm;
import org.bpfree.report.RobustnessFigures;
import org.bpfree.report.figure.ChartFigure;
import org.bpfree.report.figure.ChartPanel;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Accuracy under disturbances")
class RobustnessResultsTest {
    private static List<Line> lines(double clean, double attacked) {
        return List.of(
                new Line("clean", "none", 0, clean, 1),
                new Line("fgsm", "own", 0.1, attacked, 2),
                new Line("contrast", "none", 1, attacked, 2));
    }

    @Test
    @DisplayName("is one table of all arms, whatever their names hold")
    void table() throws IOException {
        String name = "a \"b\", <c>\n& d";
        String csv = RobustnessFiles.csv(List.of(
                RobustnessArm.of(name, "fa", List.of(lines(0.8, 0.5)), 400),
                RobustnessArm.of("frsf", "frsf", List.of(lines(0.7, 0.4)), 400)));

        List<CSVRecord> records = CSVFormat.DEFAULT
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .get()
                .parse(new StringReader(csv))
                .getRecords();
        assertThat(records).hasSize(6);
        assertThat(records.get(0).get("arm")).isEqualTo(name);
        assertThat(records.get(4).get("arm")).isEqualTo("frsf");
        assertThat(Double.parseDouble(records.get(4).get("accuracy"))).isEqualTo(0.4);
    }

    @Test
    @DisplayName("is drawn with the arms on one axis, a panel a disturbance, from clean images on, above chance")
    void figures() {
        RobustnessFigures figures = new RobustnessFigures(
                "mnist",
                List.of(
                        RobustnessArm.of("fa", "fa", List.of(lines(0.8, 0.5)), 400),
                        RobustnessArm.of("backprop", "backprop", List.of(lines(0.7, 0.4), lines(0.9, 0.4)), 400)),
                400,
                10);
        ChartFigure attacks = figures.attacks().orElseThrow();
        ChartPanel panel = attacks.panels().get(0);

        assertThat(attacks.panels()).hasSize(1);
        assertThat(attacks.legend().stream().map(ChartFigure.Entry::name)).containsExactly("fa", "backprop");
        assertThat(attacks.note())
                .isEqualTo("The first 400 test images. Error bars: binomial standard error (fa),"
                        + " deviation over 2 seeds (backprop).");
        assertThat(panel.title()).isEqualTo("FGSM, own gradient");
        assertThat(panel.lines().get(0).x()).containsExactly(0, 0.1);
        assertThat(panel.lines().get(0).y()).containsExactly(80, 50);
        assertThat(panel.lines().get(0).error()[1]).isCloseTo(2.5, within(1e-9));
        assertThat(panel.marks()).containsExactly(new ChartPanel.Mark("chance", 10));
        assertThat(figures.corruptions().orElseThrow().panels().stream().map(ChartPanel::title))
                .containsExactly("contrast");
    }
}
