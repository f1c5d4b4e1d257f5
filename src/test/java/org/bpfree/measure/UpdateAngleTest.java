package org.bpfree.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UpdateAngleTest {
    private static final double FLOOR = 1e-6;

    private static Map<String, Double> figures(double first, double second, double gradientOfSecond) {
        Map<String, Double> figures = new HashMap<>();
        figures.put("alignment/conv1/weights/updateAngle", first);
        figures.put("alignment/conv1/weights/relativeGradientNorm", 1.0);
        figures.put("alignment/dense1/weights/updateAngle", second);
        figures.put("alignment/dense1/weights/relativeGradientNorm", gradientOfSecond);
        figures.put("alignment/dense1/bias/updateAngle", 10.0);
        figures.put("alignment/dense1/weights/feedbackAngle", 90.0);
        figures.put("train/loss", 1.0);
        return figures;
    }

    @Test
    void theMeanIsThatOfTheWeightsOfAllLayers() {
        assertThat(UpdateAngle.of(figures(80, 40, 0.1), FLOOR)).isEqualTo(new UpdateAngle((80.0 + 40.0) / 2, null));
    }

    @Test
    void aLayerWithoutAnAngleLeavesNoMeanOfTheOthers() {
        UpdateAngle angle = UpdateAngle.of(figures(Double.NaN, 0, 0.1), FLOOR);

        assertThat(angle.degrees()).isNull();
        assertThat(angle.note()).startsWith("undefined in conv1: no update");
        assertThat(UpdateAngle.word(angle.note())).isEqualTo("undefined");
    }

    @Test
    void aGradientBelowTheFloorIsToldApartFromOneThatIsZero() {
        UpdateAngle below = UpdateAngle.of(figures(80, Double.NaN, FLOOR / 2), FLOOR);
        UpdateAngle zero = UpdateAngle.of(figures(80, Double.NaN, 0), FLOOR);

        assertThat(below.degrees()).isNull();
        assertThat(UpdateAngle.word(below.note())).isEqualTo("not meaningful");
        assertThat(zero.note()).startsWith("undefined in dense1");
    }

    @Test
    void ofManyLayersSomeAreNamed() {
        Map<String, Double> figures = new HashMap<>();
        for (int i = 1; i <= 7; i++) {
            figures.put("alignment/conv" + i + "/weights/updateAngle", Double.NaN);
        }

        assertThat(UpdateAngle.of(figures, FLOOR).note()).contains("conv1, conv2, conv3, conv4 and 3 more");
    }

    @Test
    void whereNothingWasMeasuredThereIsNeitherMeanNorNote() {
        assertThat(UpdateAngle.of(Map.of(), FLOOR)).isEqualTo(new UpdateAngle(null, null));
    }
}
