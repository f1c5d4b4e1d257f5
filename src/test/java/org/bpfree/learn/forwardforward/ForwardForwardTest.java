package org.bpfree.learn.forwardforward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.bpfree.learn.Layers.activation;
import static org.bpfree.learn.Layers.conv;
import static org.bpfree.learn.Layers.dense;
import static org.bpfree.learn.Layers.flatten;
import static org.bpfree.learn.OracleNets.assertFigures;
import static org.bpfree.learn.OracleNets.assertUpdates;
import static org.bpfree.learn.OracleNets.bias;
import static org.bpfree.learn.OracleNets.figures;
import static org.bpfree.learn.OracleNets.matrix;
import static org.bpfree.learn.OracleNets.write;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.bpfree.graph.LossFunction;
import org.bpfree.learn.Bench;
import org.bpfree.learn.Findings;
import org.bpfree.learn.Learner;
import org.bpfree.learn.LearnerContext;
import org.bpfree.learn.Misfit;
import org.bpfree.learn.OracleNets;
import org.bpfree.learn.Practice;
import org.bpfree.model.LayerSettings;
import org.bpfree.tensor.ActivationFunction;
import org.bpfree.tensor.Precision;
import org.bpfree.tensor.Shape;
import org.bpfree.tensor.Tensor;
import org.bpfree.testing.Yaml;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Forward-Forward")
class ForwardForwardTest {
    private static final int[] LABELS = {0, 2, 1};
    private static final int[] WRONG = {1, 0, 2};

    /** Net F: hidden layers of 5 and 4 units on 8 numbers, of which the first three hold the label, for three images. */
    private static Bench net() {
        Bench bench = Bench.of(
                Shape.of(1, 1, 8),
                3,
                3,
                flatten(),
                dense(5, true),
                activation(ActivationFunction.RELU),
                dense(4, true),
                activation(ActivationFunction.RELU),
                dense(3, false));
        int[] widths = {8, 5, 4};
        for (int l = 1; l < widths.length; l++) {
            write(bench, "dense" + l + "/weights", matrix(l, widths[l], widths[l - 1], 0.5));
            double[] bias = bias(l, widths[l]);
            write(
                    bench,
                    "dense" + l + "/bias",
                    Arrays.stream(bias).map(b -> 0.5 + b).toArray());
        }
        write(bench, "dense3/weights", matrix(30, 3, 4, 0.5));
        double[] images = new double[24];
        for (int k = 0; k < images.length; k++) {
            images[k] = 0.5 + 0.5 * Math.cos(2 * (k / 8) + k % 8 + k / 8 * (k % 8));
        }
        bench.batch.images().write(images);
        System.arraycopy(LABELS, 0, bench.batch.labels(), 0, 3);
        return bench;
    }

    private static ForwardForwardSettings settings(String settings) {
        return (ForwardForwardSettings) Practice.settings("{type: forward-forward, " + settings + "}");
    }

    /** A learner whose negative samples show the given labels. */
    private static Learner learner(String text, Bench bench, int... wrong) {
        ForwardForwardSettings settings = settings(text);
        LearnerContext context = bench.context();
        WrongLabels given = (scores, labels, random, drawn) -> System.arraycopy(wrong, 0, drawn, 0, drawn.length);
        return new ForwardForwardLearner(
                settings,
                context,
                Negatives.labelled(ForwardForwardLearner.form(settings, context), given, context.noise()));
    }

    @Test
    @DisplayName("has the figures of its layers and its head")
    void figuresOfLayers() {
        Bench bench = net();
        assertUpdates(
                Bench.updates(learner("peer: 0", bench, WRONG), bench.batch),
                Map.of(
                        "dense1/weights", figures(-2.39797588551, 3.87074211821),
                        "dense1/bias", figures(-0.610732924225, 1.5551367827),
                        "dense2/weights", figures(-2.42853871629, 11.8069757068),
                        "dense2/bias", figures(-0.453169423837, 6.80017612317),
                        "dense3/weights", figures(-0.145745111782, 1.14264259883)));
    }

    @Test
    @DisplayName("has the figures of peer normalization, which follows the mean activity of positive samples")
    void figuresOfPeers() {
        Bench bench = net();
        Learner learner = learner("peer: 0.03", bench, WRONG);
        assertUpdates(
                Bench.updates(learner, bench.batch),
                Map.of(
                        "dense1/weights", figures(-2.38969251797, 3.86598189573),
                        "dense2/weights", figures(-2.43299647117, 11.8160675975)));
        assertFigures("m1", learner.state().get("peer/relu1").toDoubles(), -0.207014857213, 1.10148745442);
        assertFigures("m2", learner.state().get("peer/relu2").toDoubles(), 0.0414853967733, 1.13041866374);
    }

    @Test
    @DisplayName("has the figures of the mean of squares")
    void figuresOfMeans() {
        Bench bench = net();
        assertUpdates(
                Bench.updates(learner("peer: 0, goodness: mean", bench, WRONG), bench.batch),
                Map.of(
                        "dense1/weights", figures(-2.70046261419, 2.01251128473),
                        "dense2/weights", figures(-0.357101807627, 1.33538795009)));
    }

    @Test
    @DisplayName("predicts by the goodness of all layers or of those above the first")
    void goodnessPredicts() {
        Bench bench = net();
        Learner all = learner("prediction: goodness, firstLayer: true", bench, WRONG);
        double[] sums = all.predict(bench.batch).toDoubles();
        assertThat(Arrays.copyOf(sums, 3))
                .containsExactly(new double[] {13.676198395499, 10.197134542378, 12.272333199806}, within(1e-9));
        // Of the three images with their labels the figures tell the goodness of each layer.
        double[] first = {5.873980410545, .746248182438, .575257267487};
        double[] second = {7.802217984953, 6.918134587065, 7.047350621097};
        double[] above = learner("prediction: goodness", bench, WRONG)
                .predict(bench.batch)
                .toDoubles();
        for (int n = 0; n < 3; n++) {
            assertThat(above[3 * n + LABELS[n]]).isCloseTo(second[n], within(1e-9));
            assertThat(sums[3 * n + LABELS[n]]).isCloseTo(first[n] + second[n], within(1e-9));
        }
    }

    @Test
    @DisplayName("draws hard negatives as the head's softmax has them, and never the label")
    void hardNegatives() {
        Bench bench = net();
        double[] scores = learner("peer: 0", bench, WRONG).predict(bench.batch).toDoubles();
        double[] probabilities = new double[3];
        WrongLabels.probabilities(scores, 0, 0, probabilities);
        assertThat(probabilities).containsExactly(new double[] {0, .501759352427, .498240647573}, within(1e-9));
        int draws = 20_000;
        double[] skewed = {Math.log(4), 7, 0, Math.log(5)};
        int[] labels = new int[draws];
        double[] many = new double[4 * draws];
        for (int n = 0; n < draws; n++) {
            labels[n] = 1;
            System.arraycopy(skewed, 0, many, 4 * n, 4);
        }
        int[] wrong = new int[draws];
        int[] counts = new int[4];
        WrongLabels.hard(4).draw(many, labels, new SplittableRandom(1), wrong);
        for (int drawn : wrong) {
            counts[drawn]++;
        }
        double[] expected = {0.4, 0, 0.1, 0.5};
        for (int k = 0; k < 4; k++) {
            // Five standard deviations.
            double room = 5 * Math.sqrt(expected[k] * (1 - expected[k]) / draws);
            assertThat((double) counts[k] / draws).isCloseTo(expected[k], within(room));
        }
    }

    @Test
    @DisplayName("draws uniform negatives among all wrong labels, and permuted ones from the batch")
    void otherNegatives() {
        int[] labels = new int[9_000];
        Arrays.setAll(labels, n -> n % 3);
        int[] wrong = new int[labels.length];
        int[] counts = new int[3];
        WrongLabels.uniform(3).draw(null, labels, new SplittableRandom(1), wrong);
        for (int n = 0; n < labels.length; n++) {
            assertThat(wrong[n]).isNotEqualTo(labels[n]);
            counts[(wrong[n] - labels[n] + 3) % 3]++;
        }
        assertThat((double) counts[1] / labels.length).isCloseTo(0.5, within(0.03));
        WrongLabels.permuted().draw(null, labels, new SplittableRandom(1), wrong);
        assertThat(wrong).isNotEqualTo(labels);
        Arrays.sort(wrong);
        Arrays.sort(labels);
        assertThat(wrong).isEqualTo(labels);
    }

    @Test
    @DisplayName("learns in each layer half the gradient of the softplus of its goodness")
    void finiteDifferences() {
        Bench bench = net();
        double[] update =
                Bench.updates(learner("peer: 0", bench, WRONG), bench.batch).get("dense2/weights");
        double[] weights = matrix(2, 4, 5, 0.5);
        double step = 1e-5;
        for (int i = 0; i < weights.length; i++) {
            double[] moved = weights.clone();
            moved[i] = weights[i] + step;
            double above = softplus(bench, moved);
            moved[i] = weights[i] - step;
            double below = softplus(bench, moved);
            assertThat(update[i]).isCloseTo((above - below) / (4 * step), within(1e-8));
        }
        assertThat(softplus(bench, weights)).isCloseTo(9.333286050979, within(1e-9));
    }

    /** The loss of the second layer, from the goodness that predictions tell of each label. */
    private static double softplus(Bench bench, double[] weights) {
        write(bench, "dense2/weights", weights);
        double[] goodness = learner("prediction: goodness", bench, WRONG)
                .predict(bench.batch)
                .toDoubles();
        double sum = 0;
        for (int n = 0; n < 3; n++) {
            sum += Math.log1p(Math.exp(4 - goodness[3 * n + LABELS[n]]));
            sum += Math.log1p(Math.exp(goodness[3 * n + WRONG[n]] - 4));
        }
        return sum;
    }

    @Test
    @DisplayName("does not depend on the weights above a layer, while backpropagation does")
    void nothingComesDown() {
        for (boolean forward : new boolean[] {true, false}) {
            Bench bench = net();
            Learner learner = forward ? learner("peer: 0", bench, WRONG) : Practice.learner("{type: backprop}", bench);
            double[] before = Bench.updates(learner, bench.batch).get("dense1/weights");
            OracleNets.trained(learner, "dense2/weights").write(matrix(7, 4, 5, 0.3));
            double[] after = Bench.updates(learner, bench.batch).get("dense1/weights");
            assertThat(Arrays.equals(before, after)).isEqualTo(forward);
        }
    }

    @Test
    @DisplayName("has the figures of waves on maps")
    void figuresOfWaves() {
        Bench bench = OracleNets.convolutional();
        int[] wrong = {1, 0};
        String text = "peer: 0, label: wave";
        assertUpdates(
                Bench.updates(learner(text, bench, wrong), bench.batch),
                Map.of("conv1/weights", figures(-51.5350489972, 36.6841755094)));
        double[] goodness = learner(text + ", prediction: goodness", bench, wrong)
                .predict(bench.batch)
                .toDoubles();
        assertThat(new double[] {goodness[0], goodness[3 + 2], goodness[1], goodness[3]})
                .containsExactly(
                        new double[] {36.164673931354, 29.233378948751, 54.209567839746, 18.382140749819},
                        within(1e-9));
    }

    @Test
    @DisplayName("orders waves by their larger frequency, as the specification lists them")
    void frequencies() {
        int[][] listed = {{0, 1}, {1, 0}, {1, 1}, {0, 2}, {2, 0}, {1, 2}, {2, 1}, {2, 2}, {0, 3}};
        for (int c = 0; c < listed.length; c++) {
            assertThat(WaveLabels.frequency(c)).isEqualTo(listed[c]);
        }
        assertThat(WaveLabels.distinct(Shape.of(4, 6, 1))).isEqualTo(8);
    }

    @Test
    @DisplayName("puts hybrids together from two images in large pieces, and shows no label")
    void hybrids() {
        Bench bench = Bench.of(Shape.of(28, 28, 1), 3, 2, flatten(), dense(3));
        double[] images = new double[2 * 784];
        Arrays.fill(images, 0, 784, 1);
        bench.batch.images().write(images);
        Tensor output = Tensor.zeros(Precision.FLOAT64, bench.batch.images().shape());
        new Hybrids(Shape.of(28, 28, 1), bench.context().noise())
                .bind(bench.batch, null, output)
                .run();
        double[] hybrids = output.toDoubles();
        int borders = 0;
        int ones = 0;
        for (int k = 0; k < 784; k++) {
            assertThat(hybrids[k]).isIn(0.0, 1.0);
            ones += (int) hybrids[k];
            borders += k % 28 > 0 && hybrids[k] != hybrids[k - 1] ? 1 : 0;
        }
        assertThat(ones).isBetween(784 / 5, 784 * 4 / 5);
        assertThat(borders).isBetween(10, 784 / 5); // half of all 756 without a blur
        LabelForm form = ForwardForwardLearner.form(settings("negatives: hybrid"), bench.context());
        form.embed(bench.batch.images(), bench.batch.labels(), output).run();
        assertThat(output.toDoubles()).isEqualTo(images);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            label: pixels;                               none
            negatives: hybrid;                           none
            negatives: hybrid, prediction: goodness;     prediction
            label: wave;                                 label
            """)
    @DisplayName("refuses settings that do not go together, and takes the others")
    void settingsThatDoNotFit(String text, String setting) {
        Findings findings =
                Practice.findings("{type: forward-forward, " + text + "}", net().graph, LossFunction.CROSS_ENTROPY);
        assertThat(findings.misfits().stream().map(Misfit::setting))
                .isEqualTo(setting.equals("none") ? List.of() : List.of(setting));
    }

    @Test
    @DisplayName("refuses networks in which it cannot tell positive from negative samples, and says why")
    void networksThatDoNotFit() {
        assertRefused("relu", flatten(), dense(5), activation(ActivationFunction.TANH), dense(3));
        assertRefused("rectifier right behind", flatten(), dense(5), dense(3));
        assertRefused("mix", conv(2), Yaml.layer("{type: batch-norm}"), flatten(), dense(3));
        assertRefused("dropped", flatten(), Yaml.layer("{type: dropout, rate: 0.5}"), dense(3));
        assertRefused("only layer", flatten(), dense(3));
    }

    private static void assertRefused(String reason, LayerSettings... layers) {
        Findings findings = Practice.findings(
                "{type: forward-forward}", Bench.graph(Shape.of(4, 4, 1), 3, layers), LossFunction.CROSS_ENTROPY);
        assertThat(findings.misfits().stream().map(Misfit::message)).anyMatch(message -> message.contains(reason));
    }
}
