package org.bpfree.learn.gait;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.bpfree.learn.Bench;
import org.bpfree.learn.Learner;
import org.bpfree.learn.LearnerContext;
import org.bpfree.learn.Practice;
import org.bpfree.measure.StepRecorder;
import org.bpfree.measure.Verifier;
import org.bpfree.tensor.Precision;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("verify")
class InversePromisesTest {
    private static List<Verifier.Line> verify(String settings, Bench bench, Precision precision) {
        GaitPropSettings parsed = (GaitPropSettings) Practice.settings(settings);
        LearnerContext context = bench.context();
        GaitPropProvider provider = new GaitPropProvider();
        Learner learner = provider.create(parsed, context);
        learner.learn(bench.batch);
        Verifier verifier =
                new Verifier(provider.promises(parsed, bench.graph, precision), new StepRecorder(context, learner));
        verifier.updatesReady(bench.batch, 0);
        return verifier.lines();
    }

    @Test
    @DisplayName("finds all promises kept with orthogonal weights: output layer, inverses and angles")
    void orthogonalWeights() {
        assertThat(verify("{type: gait-prop}", SquareNets.deep(5, Precision.FLOAT32), Precision.FLOAT32))
                .hasSize(1 + 4 + 5)
                .allMatch(line -> line.finding().holds());
    }

    @Test
    @DisplayName("negative control: finds the angles of the literal form in float32 broken")
    void lackOfDigits() {
        assertThat(verify("{type: gait-prop, form: literal}", SquareNets.deep(5, Precision.FLOAT32), Precision.FLOAT32))
                .anyMatch(line ->
                        line.name().startsWith("angle") && !line.finding().holds());
    }

    @Test
    @DisplayName("judges no angle below weights that are not orthogonal")
    void otherWeights() {
        Bench bench = SquareNets.deep(5, Precision.FLOAT64);
        SquareNets.changeWeights(1, bench, 1, 0.02);
        assertThat(verify("{type: gait-prop}", bench, Precision.FLOAT64))
                .hasSize(1 + 4 + 1)
                .allMatch(line -> line.finding().holds());
    }
}
