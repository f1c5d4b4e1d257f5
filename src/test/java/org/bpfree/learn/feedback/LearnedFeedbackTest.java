package org.bpfree.learn.feedback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.bpfree.learn.Layers.conv;
import static org.bpfree.learn.Layers.dense;
import static org.bpfree.learn.Layers.flatten;
import static org.bpfree.learn.Layers.maxPool;
import static org.bpfree.learn.Layers.tanh;

import java.util.ArrayList;
import java.util.List;
import org.bpfree.graph.Parameter;
import org.bpfree.learn.Bench;
import org.bpfree.learn.Learner;
import org.bpfree.learn.Practice;
import org.bpfree.learn.Trained;
import org.bpfree.learn.Vectors;
import org.bpfree.tensor.Shape;
import org.bpfree.testing.Yaml;
import org.bpfree.train.Optimizer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Feedback that is learned: Kolen-Pollack and the weight mirror")
class LearnedFeedbackTest {
    private static Bench bench() {
        return Bench.of(
                Shape.of(8, 8, 2),
                4,
                12,
                conv(6),
                tanh(),
                conv(8),
                tanh(),
                maxPool(),
                flatten(),
                dense(20),
                tanh(),
                dense(4));
    }

    /** Norm of W - B of each layer. */
    private static List<Double> distances(Bench bench, Practice practice) {
        List<Double> distances = new ArrayList<>();
        for (Parameter parameter : bench.graph.crossedWeights()) {
            double[] difference = bench.parameters.get(parameter).toDoubles();
            double[] feedback = practice.learner.feedback().get(parameter.key()).toDoubles();
            for (int i = 0; i < difference.length; i++) {
                difference[i] -= feedback[i];
            }
            distances.add(Vectors.norm(difference));
        }
        return distances;
    }

    private static List<Double> angles(Bench bench, Practice practice) {
        return bench.graph.crossedWeights().stream()
                .map(parameter -> Vectors.angle(
                        bench.parameters.get(parameter).toDoubles(),
                        practice.learner.feedback().get(parameter.key()).toDoubles()))
                .toList();
    }

    /** All parameters, then all feedback, after one step whose norm is limited. */
    private static List<double[]> clippedWeights(String learner, double clip, double rate, double decay) {
        Bench bench = bench();
        Learner created = Practice.learner(learner, bench);
        Optimizer optimizer = new Optimizer(
                Yaml.optimizer("{type: sgd, learningRate: 1, weightDecay: %s, clipNorm: %s}".formatted(decay, clip)),
                created.trained());
        created.learn(bench.batch);
        optimizer.apply(1.0 / bench.batch.size(), rate, 1);
        List<double[]> weights = new ArrayList<>();
        for (Parameter parameter : bench.graph.parameters()) {
            weights.add(bench.parameters.get(parameter).toDoubles());
        }
        for (Parameter parameter : bench.graph.crossedWeights()) {
            weights.add(created.feedback().get(parameter.key()).toDoubles());
        }
        return weights;
    }

    @Test
    @DisplayName(
            "Kolen-Pollack under clipNorm: the network steps as fa's does, and B by the same update, so W - B keeps its law")
    void clipping() {
        double clip = 1e-3;
        List<double[]> fa = clippedWeights("{type: fa}", clip, 1, 0);
        List<double[]> start = clippedWeights("{type: fa}", clip, 0, 0);
        List<double[]> kolenPollack = clippedWeights("{type: kolen-pollack}", clip, 1, 0);
        int tensors = bench().graph.parameters().size();
        double square = 0;
        for (int i = 0; i < tensors; i++) {
            assertThat(kolenPollack.get(i)).isEqualTo(fa.get(i));
            double step = Vectors.distance(fa.get(i), start.get(i));
            square += step * step;
        }
        assertThat(Math.sqrt(square)).as("a step of the limit itself").isCloseTo(clip, within(1e-12));

        List<Parameter> crossed = bench().graph.crossedWeights();
        for (int i = 0; i < crossed.size(); i++) {
            int weights = bench().graph.parameters().indexOf(crossed.get(i));
            for (int j = 0; j < start.get(weights).length; j++) {
                double before = start.get(weights)[j] - start.get(tensors + i)[j];
                double after = kolenPollack.get(weights)[j] - kolenPollack.get(tensors + i)[j];
                assertThat(after).isCloseTo(before, within(1e-14));
            }
        }
    }

    @Test
    @DisplayName("Kolen-Pollack: |W - B| shrinks by 1 - rate * decay at each step, and not at all without decay")
    void differenceShrinksByTheDecay() {
        for (double decay : new double[] {0.2, 0}) {
            Bench bench = bench();
            Practice practice = new Practice("{type: kolen-pollack}", bench, 0.1, 0, decay);
            List<Double> before = distances(bench, practice);
            for (int step = 0; step < 20; step++) {
                practice.step();
                List<Double> after = distances(bench, practice);
                for (int layer = 0; layer < before.size(); layer++) {
                    assertThat(after.get(layer) / before.get(layer)).isCloseTo(1 - 0.1 * decay, within(1e-12));
                }
                before = after;
            }
        }
    }

    @Test
    @DisplayName(
            "negative control: fixed feedback (fa) under weight decay does not close in on the weights at that rate")
    void fixedFeedbackDoesNot() {
        Bench bench = bench();
        Practice practice = new Practice("{type: fa}", bench, 0.1, 0, 0.2);
        List<Double> before = distances(bench, practice);
        practice.step();
        assertThat(distances(bench, practice).get(0) / before.get(0)).isNotCloseTo(0.98, within(1e-4));
    }

    @Test
    @DisplayName("Kolen-Pollack: feedback turns from a right angle to the weights to below 10 degrees")
    void feedbackTurnsToTheWeights() {
        Bench bench = bench();
        Practice practice = new Practice("{type: kolen-pollack}", bench, 0.5, 0, 0.02);
        assertThat(angles(bench, practice))
                .allSatisfy(angle -> assertThat(angle).isCloseTo(90, within(8.0)));
        for (int step = 0; step < 400; step++) {
            practice.step();
        }
        assertThat(angles(bench, practice))
                .allSatisfy(angle -> assertThat(angle).isLessThan(10));
    }

    @Test
    @DisplayName(
            "weight mirror: below 10 degrees after the warm-up and while training, at a right angle without warm-up")
    void mirrorFindsTheWeights() {
        Bench bench = bench();
        Practice practice = new Practice("{type: weight-mirror}", bench, 0.02, 0, 0);
        practice.learn();
        // The warm-up's arctan sqrt(fan-in / 25600): 2.6 degrees for 54 inputs, 4.0 for 128, 1.6 for 20; one more step
        // adds little.
        List<Double> afterWarmup = angles(bench, practice);
        assertThat(afterWarmup.get(0)).isCloseTo(2.6, within(0.5));
        assertThat(afterWarmup.get(1)).isCloseTo(4.0, within(0.5));
        assertThat(afterWarmup.get(2)).isCloseTo(1.6, within(0.5));
        for (int step = 0; step < 100; step++) {
            practice.step();
        }
        assertThat(angles(bench, practice))
                .allSatisfy(angle -> assertThat(angle).isLessThan(10));

        Practice cold = new Practice("{type: weight-mirror, warmup: 0}", bench, 0.1, 0, 0);
        cold.learn();
        assertThat(angles(bench, cold).get(0)).isCloseTo(90, within(10.0));
    }

    @Test
    @DisplayName("weight mirror: the optimizer never touches the mirrored feedback")
    void mirroredFeedbackIsState() {
        Bench bench = bench();
        Practice practice = new Practice("{type: weight-mirror, warmup: 3}", bench, 0.1, 0.9, 0.1);
        assertThat(practice.learner.trained()).noneMatch(Trained::own);
        practice.learn();
        double[] learned = practice.learner.feedback().get("conv2/weights").toDoubles();
        practice.step();
        double[] mirroredAgain =
                practice.learner.feedback().get("conv2/weights").toDoubles();
        assertThat(mirroredAgain).as("one more step of the mirror").isNotEqualTo(learned);
        assertThat(practice.learner.state().get("feedback/conv2/weights").toDoubles())
                .isEqualTo(mirroredAgain);
    }
}
