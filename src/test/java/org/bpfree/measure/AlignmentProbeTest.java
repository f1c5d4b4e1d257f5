package org.bpfree.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class AlignmentProbeTest {
    @Test
    void theMeanAngleIsThatOfTheWeightsThatHaveOne() {
        Map<String, Double> figures = Map.of(
                "alignment/conv1/weights/updateAngle", 80.0,
                "alignment/dense1/weights/updateAngle", 40.0,
                "alignment/dense2/weights/updateAngle", Double.NaN,
                "alignment/dense1/bias/updateAngle", 10.0,
                "alignment/dense1/weights/feedbackAngle", 90.0,
                "train/loss", 1.0);

        assertThat(AlignmentProbe.meanUpdateAngle(figures)).hasValue((80.0 + 40.0) / 2);
    }

    @Test
    void withoutAnglesThereIsNoMean() {
        assertThat(AlignmentProbe.meanUpdateAngle(Map.of())).isEmpty();
        assertThat(AlignmentProbe.meanUpdateAngle(Map.of("alignment/dense1/weights/updateAngle", Double.NaN)))
                .isEmpty();
    }
}
