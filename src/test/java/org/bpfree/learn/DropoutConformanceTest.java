package org.bpfree.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bpfree.learn.Layers.dense;
import static org.bpfree.learn.Layers.flatten;
import static org.bpfree.learn.Layers.loudDense;
import static org.bpfree.learn.Layers.tanh;

import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.bpfree.graph.Kernel;
import org.bpfree.graph.LossFunction;
import org.bpfree.graph.op.DropoutOp;
import org.bpfree.model.BasicLayers;
import org.bpfree.model.LayerSettings;
import org.bpfree.random.RandomStream;
import org.bpfree.settings.TypeName;
import org.bpfree.tensor.Arena;
import org.bpfree.tensor.Precision;
import org.bpfree.tensor.Shape;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Dropout in every learner: what a unit sends up and what comes down to it are silenced by the same mask, another one for each step. Batches have
 * one image here, so that a unit that was silent can be seen in the updates.
 */
@DisplayName("Every learner, with dropout")
class DropoutConformanceTest {
    private static final Shape IMAGE = Shape.of(4, 4, 1);
    private static final int CLASSES = 4;
    private static final int UNITS = 24;
    private static final LayerSettings DROPOUT =
            new LayerSettings(new BasicLayers.Dropout(0.5, DropoutOp.Together.VALUES));
    private static final LayerSettings[] RATES = {
        flatten(), dense(UNITS, true), tanh(), DROPOUT, dense(UNITS, true), tanh(), DROPOUT, dense(CLASSES, true)
    };
    private static final LayerSettings[] SPIKES = {
        flatten(), loudDense("", UNITS, ""), DROPOUT, loudDense("", UNITS, ""), DROPOUT, loudDense("", CLASSES, "")
    };

    static Stream<LearnerProvider<?>> learners() {
        List<LearnerProvider<?>> installed = new ArrayList<>();
        for (LearnerProvider<?> provider : ServiceLoader.load(LearnerProvider.class)) {
            installed.add(provider);
        }
        return installed.stream();
    }

    private static String type(LearnerProvider<?> provider) {
        return provider.settings().getAnnotation(TypeName.class).value();
    }

    private static ChosenLearner<?> withDefaults(LearnerProvider<?> provider) {
        return ChosenLearner.of(provider, Practice.settings("{type: " + type(provider) + "}"));
    }

    private static List<Misfit> misfits(LearnerProvider<?> provider, LayerSettings... layers) {
        return withDefaults(provider)
                .check(Bench.graph(IMAGE, CLASSES, layers), LossFunction.CROSS_ENTROPY, Precision.FLOAT32)
                .misfits();
    }

    static Stream<LearnerProvider<?>> accepting() {
        return learners()
                .filter(provider -> misfits(provider, RATES).isEmpty()
                        || misfits(provider, SPIKES).isEmpty());
    }

    static Stream<LearnerProvider<?>> refusing() {
        return learners().filter(provider -> accepting()
                .noneMatch(other -> other.getClass().equals(provider.getClass())));
    }

    @ParameterizedTest
    @MethodSource("accepting")
    @DisplayName("silences what a unit sends and what comes back to it by one mask, in every update of a batch")
    void oneMaskUpAndDown(LearnerProvider<?> provider) {
        boolean rates = misfits(provider, RATES).isEmpty();
        Bench bench = Bench.seeded(
                5, Precision.FLOAT64, LossFunction.SQUARED_ERROR, IMAGE, CLASSES, 1, rates ? RATES : SPIKES);
        long[] step = {0};
        Kernel.Noise noise = purpose -> RandomStream.of(9, purpose, step[0]);
        LearnerContext context = LearnerContext.of(
                bench.graph, bench.parameters, LossFunction.SQUARED_ERROR, new Arena(Precision.FLOAT64), noise, 5);
        Learner learner = withDefaults(provider).create(context);
        // In predictive coding a unit behind a dropout has a state, which what is above moves: there the layer above
        // hears it.
        boolean inference =
                List.of("predictive-coding", "incremental-pc", "epc").contains(type(provider));
        // A head reads a unit before the dropout, so that what is below learns of it whether the unit is silent or not.
        boolean headed = learner.trained().stream().anyMatch(each -> each.kind() == Trained.Kind.HEAD);
        double[][] before = {new double[UNITS], new double[UNITS]};
        int heard = 0;
        for (; step[0] < 2; step[0]++) {
            for (int update = 0; update < learner.updatesPerBatch(); update++) {
                if (update == 0) {
                    learner.learn(bench.batch);
                } else {
                    learner.learnMore(bench.batch, update);
                }
                for (int layer = 1; layer <= 2; layer++) {
                    double[] mask = context.arena()
                            .batch("mask/dropout" + layer, 1, Shape.of(UNITS))
                            .toDoubles();
                    assertThat(faults(learner, layer, mask, !headed, !inference))
                            .as("step " + step[0] + ", update " + update + ", layer " + layer)
                            .isEmpty();
                    heard += faults(learner, layer, before[layer - 1], true, true)
                            .size();
                    boolean last = update == learner.updatesPerBatch() - 1;
                    before[layer - 1] = last ? mask : before[layer - 1];
                }
            }
        }
        // Negative control: by the mask of another step, and by one that silences all units.
        assertThat(heard).isGreaterThanOrEqualTo(4);
    }

    /** What the updates of the weights below and above a dropout, as asked, show of units that a mask silences. */
    private static List<String> faults(Learner learner, int layer, double[] mask, boolean ofBelow, boolean ofAbove) {
        List<String> faults = new ArrayList<>();
        for (Trained trained : learner.trained()) {
            boolean below = trained.name().equals("dense" + layer + "/weights");
            if (below && ofBelow || ofAbove && trained.name().equals("dense" + (layer + 1) + "/weights")) {
                double[] update = trained.update().toDoubles();
                int others = update.length / UNITS;
                for (int unit = 0; unit < UNITS; unit++) {
                    for (int other = 0; other < others && mask[unit] == 0; other++) {
                        if (update[below ? unit * others + other : other * UNITS + unit] != 0) {
                            faults.add(trained.name() + ", unit " + unit);
                            break;
                        }
                    }
                }
            }
        }
        return faults;
    }

    @ParameterizedTest
    @MethodSource("refusing")
    @DisplayName("or says why it takes no dropout")
    void refusesWithAReason(LearnerProvider<?> provider) {
        assertThat(misfits(provider, RATES)).anySatisfy(misfit -> {
            assertThat(misfit.node()).isEqualTo("dropout1");
            assertThat(misfit.message())
                    .containsAnyOf("has no inverse", "at random")
                    .contains("Remove it");
        });
    }
}
