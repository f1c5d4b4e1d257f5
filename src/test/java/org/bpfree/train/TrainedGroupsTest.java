package org.bpfree.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bpfree.learn.Trained;
import org.bpfree.learn.Trained.Kind;
import org.bpfree.optimizer.OptimizerSettings;
import org.bpfree.optimizer.Rates;
import org.bpfree.tensor.Precision;
import org.bpfree.tensor.Shape;
import org.bpfree.tensor.Tensor;
import org.bpfree.testing.Yaml;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Tensors of a learner move")
class TrainedGroupsTest {
    private static final OptimizerSettings COMMON = Yaml.optimizer("{type: sgd, learningRate: 0.1}");

    private static Tensor number(double value) {
        return Tensor.of(Precision.FLOAT64, Shape.of(1), value);
    }

    private static Trained trained(String name, Kind kind, Optional<OptimizerSettings> own, double rateFactor) {
        return new Trained(name, number(1), number(2), kind, own, rateFactor);
    }

    private static void step(Optimizer optimizer, long step, List<Trained> moved) {
        optimizer.apply(1, Rates.at(0, 10), step, moved);
    }

    @Test
    @DisplayName("by an optimizer of their own, at its rate and schedule, where they have one")
    void ownOptimizer() {
        OptimizerSettings own =
                Yaml.optimizer("{type: sgd, learningRate: 0.5, schedule: {type: step, epochs: [3], factor: 0.1}}");
        Trained weights = trained("w", Kind.WEIGHTS, Optional.empty(), 1);
        Trained head = trained("head/w", Kind.HEAD, Optional.of(own), 1);
        Optimizer optimizer = new Optimizer(COMMON, List.of(weights, head));

        optimizer.apply(1, Rates.at(4, 10), 1, List.of(weights, head));

        assertThat(weights.value().at(0)).isCloseTo(1 - 0.1 * 2, within(1e-15));
        assertThat(head.value().at(0)).isCloseTo(1 - 0.5 * 0.1 * 2, within(1e-15));
    }

    @Test
    @DisplayName("at a multiple of the rate")
    void rateFactor() {
        Trained slow = trained("w", Kind.WEIGHTS, Optional.empty(), 0.25);

        step(new Optimizer(COMMON, List.of(slow)), 1, List.of(slow));

        assertThat(slow.value().at(0)).isCloseTo(1 - 0.25 * 0.1 * 2, within(1e-15));
    }

    @Test
    @DisplayName("within limits that neither shortens the other's step")
    void limits() {
        OptimizerSettings clipped = Yaml.optimizer("{type: sgd, learningRate: 1, clipNorm: 0.5}");
        Trained weights = trained("w", Kind.WEIGHTS, Optional.empty(), 1);
        Trained head = trained("head/w", Kind.HEAD, Optional.of(clipped), 1);

        step(new Optimizer(COMMON, List.of(weights, head)), 1, List.of(weights, head));

        assertThat(weights.value().at(0)).isCloseTo(1 - 0.1 * 2, within(1e-15));
        assertThat(head.value().at(0)).isCloseTo(1 - 0.5, within(1e-15));
    }

    @Test
    @DisplayName("only when an update moves them; momentum, decay and step count wait")
    void moved() {
        OptimizerSettings adam = Yaml.optimizer("{type: adam, learningRate: 0.1}");
        Trained often = trained("often", Kind.WEIGHTS, Optional.empty(), 1);
        Trained seldom = trained("seldom", Kind.FEEDBACK, Optional.empty(), 1);
        Trained alone = trained("seldom", Kind.FEEDBACK, Optional.empty(), 1);
        Optimizer optimizer = new Optimizer(adam, List.of(often, seldom));
        Map<String, Long> skipped = new HashMap<>();
        optimizer.countSkipsIn(skipped);
        Optimizer reference = new Optimizer(adam, List.of(alone));

        for (int step = 1; step <= 6; step++) {
            boolean both = step % 3 == 0;
            step(optimizer, step, both ? List.of(often, seldom) : List.of(often));
        }
        step(reference, 1, List.of(alone));
        step(reference, 2, List.of(alone));

        assertThat(seldom.value().at(0))
                .as("two steps of its own, numbered 1 and 2")
                .isEqualTo(alone.value().at(0));
        assertThat(skipped).isEqualTo(Map.of("seldom", 4L));
        assertThat(often.value().at(0)).isNotEqualTo(seldom.value().at(0));
    }
}
