package org.bpfree.learn.equilibrium;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.bpfree.learn.Layers.activation;
import static org.bpfree.learn.Layers.conv;
import static org.bpfree.learn.Layers.dense;
import static org.bpfree.learn.Layers.flatten;
import static org.bpfree.learn.Layers.maxPool;
import static org.bpfree.learn.OracleNets.assertFigures;
import static org.bpfree.learn.OracleNets.assertUpdates;
import static org.bpfree.learn.OracleNets.figures;
import static org.bpfree.learn.OracleNets.write;

import java.util.Map;
import org.bpfree.graph.LossFunction;
import org.bpfree.graph.SquaredError;
import org.bpfree.learn.Bench;
import org.bpfree.learn.Learner;
import org.bpfree.learn.OracleNets;
import org.bpfree.learn.Practice;
import org.bpfree.learn.Vectors;
import org.bpfree.model.LayerSettings;
import org.bpfree.model.Padding;
import org.bpfree.tensor.ActivationFunction;
import org.bpfree.tensor.Elementwise;
import org.bpfree.tensor.Precision;
import org.bpfree.tensor.Shape;
import org.bpfree.testing.Yaml;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Equilibrium propagation beside figures that were computed elsewhere, and beside the gradient at the fixed point. */
@DisplayName("Equilibrium propagation")
class EquilibriumTest {
    private static final String SETTLED = "freeSteps: 400, nudgedSteps: 400, schedule: synchronous";

    private static final Map<String, double[]> GRADIENT = Map.of(
            "dense1/weights", figures(-0.290068197399, 0.463911581945),
            "dense1/bias", figures(-0.10000736956, 0.256285148297),
            "dense2/weights", figures(-0.28175386856, 1.12377144748),
            "dense2/bias", figures(0.721165306967, 0.885032196066));

    private static Bench bench(LossFunction loss, Shape image, int images, LayerSettings... layers) {
        return Bench.seeded(1, Precision.FLOAT64, loss, image, 3, images, layers);
    }

    private static double[] shifted(double scale, int length, double middle) {
        double[] bias = OracleNets.bias(scale, length);
        for (int i = 0; i < length; i++) {
            bias[i] += middle;
        }
        return bias;
    }

    private static void writeImages(Bench bench) {
        double[] images = new double[12];
        for (int k = 0; k < images.length; k++) {
            images[k] = 0.5 + 0.5 * Math.cos(2 * (k / 4) + k % 4 + k / 4 * (k % 4));
        }
        bench.batch.images().write(images);
        System.arraycopy(new int[] {0, 2, 1}, 0, bench.batch.labels(), 0, 3);
    }

    /** Net E: states of 5 and 3 units on 4 numbers. */
    private static Bench dense53() {
        Bench bench = bench(
                new SquaredError(), // as an experiment file makes it
                Shape.of(1, 1, 4),
                3,
                flatten(),
                dense(5, true),
                activation(ActivationFunction.CLIP),
                dense(3, true));
        write(bench, "dense1/weights", OracleNets.matrix(1, 5, 4, 0.15));
        write(bench, "dense1/bias", shifted(1, 5, 0.5));
        write(bench, "dense2/weights", OracleNets.matrix(2, 3, 5, 0.15));
        write(bench, "dense2/bias", shifted(2, 3, 0.5));
        writeImages(bench);
        return bench;
    }

    /** A network whose weights are too small for states to swing. */
    private static Bench faint(LayerSettings... layers) {
        Bench bench = bench(LossFunction.CROSS_ENTROPY, Shape.of(4, 4, 2), 3, layers);
        bench.parameters.asMap().values().forEach(value -> Elementwise.scale(value, 0.3, value)
                .run());
        return bench;
    }

    private static Map<String, double[]> updates(String settings, Bench bench) {
        return Bench.updates(Practice.learner("{type: equilibrium, " + settings + "}", bench), bench.batch);
    }

    /** Distance from the gradient at the fixed point, whose figures were computed elsewhere: the centred form at a small beta stands for it. */
    private static double[] fromGradient(String settings) {
        Map<String, double[]> gradient = updates(SETTLED + ", beta: 1.0e-4", dense53());
        Map<String, double[]> updates = updates(settings, dense53());
        double[] distances = new double[2];
        for (int l = 1; l <= 2; l++) {
            String key = "dense" + l + "/weights";
            distances[l - 1] = Vectors.relativeDifference(updates.get(key), gradient.get(key));
        }
        return distances;
    }

    @Test
    @DisplayName("settles where it should, with the label and without")
    void states() {
        Bench bench = dense53();
        Learner learner = Practice.learner("{type: equilibrium, beta: 0.1, " + SETTLED + "}", bench);
        assertThat(learner.learn(bench.batch).lossSum()).isCloseTo(1.096671635027, within(1e-11));
        assertFigures("s1", learner.activations(bench.batch).get("clip1").toDoubles(), 0.569160390026, 1.97774908444);
        assertFigures("s2", learner.predict(bench.batch).toDoubles(), 0.64345392948, 1.45193948473);
        assertThat(learner.measurements(bench.batch).get("equilibrium/residual"))
                .isLessThan(1e-15);
        Learner hasty = Practice.learner("{type: equilibrium, freeSteps: 2}", bench);
        hasty.learn(bench.batch);
        assertThat(hasty.measurements(bench.batch).get("equilibrium/residual")).isGreaterThan(1e-3);
    }

    @Test
    @DisplayName("has the figures of beta 0.1")
    void denseLayers() {
        assertUpdates(
                updates("beta: 0.1, " + SETTLED, dense53()),
                Map.of(
                        "dense1/weights", figures(-0.293907452075, 0.469657295061),
                        "dense1/bias", figures(-0.101113378316, 0.259469510718),
                        "dense2/weights", figures(-0.277128237982, 1.13875180912),
                        "dense2/bias", figures(0.729977362824, 0.895743984115)));
    }

    @Test
    @DisplayName("comes to the gradient of the loss at the fixed point as beta shrinks, with beta squared when centred")
    void gradient() {
        Map<String, double[]> near = updates("beta: 1.0e-4, " + SETTLED, dense53());
        GRADIENT.forEach((key, figures) ->
                assertThat(Vectors.norm(near.get(key))).as(key).isCloseTo(figures[1], within(1e-7 * figures[1])));
        assertThat(fromGradient("beta: 0.2, " + SETTLED)).containsExactly(new double[] {0.054, 0.090}, within(6e-4));
        assertThat(fromGradient("beta: 0.1, " + SETTLED)).containsExactly(new double[] {0.0129, 0.0213}, within(6e-5));
        assertThat(fromGradient("beta: 0.05, " + SETTLED))
                .containsExactly(new double[] {3.19e-3, 5.24e-3}, within(1e-5));
        assertThat(fromGradient("beta: 0.1, variant: one-sided, " + SETTLED))
                .containsExactly(new double[] {0.101, 0.131}, within(6e-4));
        assertThat(fromGradient("beta: 0.05, variant: one-sided, " + SETTLED))
                .containsExactly(new double[] {0.053, 0.070}, within(6e-4));
    }

    @Test
    @DisplayName("is the gradient by finite differences of the settled loss")
    void finiteDifferences() {
        Map<String, double[]> near = updates("beta: 1.0e-4, " + SETTLED, dense53());
        double step = 1e-5;
        for (int place : new int[] {0, 7, 13}) {
            double[] losses = new double[2];
            for (int side = 0; side < 2; side++) {
                Bench bench = dense53();
                double[] weights = OracleNets.matrix(1, 5, 4, 0.15);
                weights[place] += side == 0 ? step : -step;
                write(bench, "dense1/weights", weights);
                Learner learner = Practice.learner("{type: equilibrium, " + SETTLED + "}", bench);
                losses[side] = learner.learn(bench.batch).lossSum();
            }
            assertThat(near.get("dense1/weights")[place]).isCloseTo((losses[0] - losses[1]) / (2 * step), within(1e-6));
        }
    }

    @Test
    @DisplayName("rests where states that move in turn rest, too")
    void turns() {
        String inTurn = "freeSteps: 200, nudgedSteps: 200, schedule: asynchronous, beta: 0.1";
        Map<String, double[]> together = updates("beta: 0.1, " + SETTLED, dense53());
        Map<String, double[]> turns = updates(inTurn, dense53());
        together.forEach((key, update) -> assertThat(Vectors.relativeDifference(turns.get(key), update))
                .as(key)
                .isLessThan(1e-12));
    }

    @Test
    @DisplayName(
            "rests there also where a pool reads states that move first; a max-pool may choose other winners on another way")
    void turnsWithPools() {
        LayerSettings[] layers = {
            conv(4),
            activation(ActivationFunction.TANH),
            conv(4),
            activation(ActivationFunction.TANH),
            Yaml.layer("{type: avg-pool, size: 2}"),
            flatten(),
            dense(6, true),
            activation(ActivationFunction.TANH),
            dense(3, true)
        };
        String settled = "freeSteps: 300, nudgedSteps: 300, beta: 0.1, schedule: ";
        Map<String, double[]> together = updates(settled + "synchronous", faint(layers));
        Map<String, double[]> turns = updates(settled + "asynchronous", faint(layers));
        together.forEach((key, update) -> assertThat(Vectors.relativeDifference(turns.get(key), update))
                .as(key)
                .isLessThan(1e-9));
    }

    @Test
    @DisplayName("nudges either way by chance with one of the two one-sided updates")
    void randomSign() {
        Map<String, double[]> random = updates("beta: 0.1, variant: random-sign, " + SETTLED, dense53());
        double[] up =
                updates("beta: 0.1, variant: one-sided, " + SETTLED, dense53()).get("dense1/weights");
        double[] centred = updates("beta: 0.1, " + SETTLED, dense53()).get("dense1/weights");
        double[] down = new double[up.length];
        for (int i = 0; i < up.length; i++) {
            down[i] = 2 * centred[i] - up[i];
        }
        double toUp = Vectors.relativeDifference(random.get("dense1/weights"), up);
        double toDown = Vectors.relativeDifference(random.get("dense1/weights"), down);
        assertThat(Math.min(toUp, toDown)).isLessThan(1e-11);
        assertThat(Math.max(toUp, toDown)).isGreaterThan(1e-2);
    }

    @Test
    @DisplayName("has the figures of an output that reads states and has none, under cross-entropy")
    void readout() {
        Bench bench = bench(
                LossFunction.CROSS_ENTROPY,
                Shape.of(1, 1, 4),
                3,
                flatten(),
                dense(5, true),
                activation(ActivationFunction.CLIP),
                dense(4, true),
                activation(ActivationFunction.CLIP),
                dense(3, true));
        write(bench, "dense1/weights", OracleNets.matrix(1, 5, 4, 0.15));
        write(bench, "dense1/bias", shifted(1, 5, 0.5));
        write(bench, "dense2/weights", OracleNets.matrix(2, 4, 5, 0.15));
        write(bench, "dense2/bias", shifted(2, 4, 0.5));
        write(bench, "dense3/weights", OracleNets.matrix(3, 3, 4, 0.5));
        write(bench, "dense3/bias", OracleNets.bias(3, 3));
        writeImages(bench);
        Learner learner = Practice.learner("{type: equilibrium, beta: 0.1, " + SETTLED + "}", bench);
        assertThat(learner.learn(bench.batch).lossSum()).isCloseTo(3.304015290711, within(1e-10));
        assertUpdates(
                Bench.updates(learner, bench.batch),
                Map.of(
                        "dense1/weights", figures(-0.112018745137, 0.316847198505),
                        "dense2/weights", figures(-0.343523712692, 0.508913008009),
                        "dense3/weights", figures(-0.417494663666, 0.392975207453)));
        Learner inTurn = Practice.learner("{type: equilibrium, beta: 0.1, freeSteps: 200, nudgedSteps: 200}", bench);
        assertFigures(
                "dense1 in turn",
                Bench.updates(inTurn, bench.batch).get("dense1/weights"),
                -0.112018745137,
                0.316847198505);
    }

    @Test
    @DisplayName("has the figures of a convolution and a max-pool")
    void convolutional() {
        Bench bench = bench(
                LossFunction.SQUARED_ERROR,
                Shape.of(4, 4, 2),
                2,
                conv(3, 3, 1, Padding.SAME, true),
                maxPool(),
                activation(ActivationFunction.CLIP),
                flatten(),
                dense(3, true));
        Bench given = OracleNets.convolutional();
        double[] kernels = given.parameters.asMap().entrySet().stream()
                .filter(each -> each.getKey().key().equals("conv1/weights"))
                .findFirst()
                .orElseThrow()
                .getValue()
                .toDoubles();
        for (int i = 0; i < kernels.length; i++) {
            kernels[i] *= 0.05 / 0.4;
        }
        write(bench, "conv1/weights", kernels);
        write(bench, "conv1/bias", shifted(0, 3, 0.4));
        write(bench, "dense1/weights", OracleNets.matrix(2, 3, 12, 0.1));
        write(bench, "dense1/bias", shifted(2, 3, 0.5));
        double[] images = given.batch.images().toDoubles();
        for (int i = 0; i < images.length; i++) {
            images[i] = 0.5 + 0.5 * images[i];
        }
        bench.batch.images().write(images);
        System.arraycopy(given.batch.labels(), 0, bench.batch.labels(), 0, 2);
        Learner learner = Practice.learner("{type: equilibrium, beta: 0.1, " + SETTLED + "}", bench);
        assertThat(learner.learn(bench.batch).lossSum()).isCloseTo(0.674659098618, within(1e-11));
        assertFigures("s1", learner.activations(bench.batch).get("clip1").toDoubles(), -0.309538330816, 2.52605802159);
        assertUpdates(
                Bench.updates(learner, bench.batch),
                Map.of(
                        "conv1/weights", figures(-0.481220756315, 0.682912806562),
                        "dense1/weights", figures(6.93026387429e-5, 1.65680852704),
                        "conv1/bias", figures(0.234766074208, 0.361342395808)));
    }
}
