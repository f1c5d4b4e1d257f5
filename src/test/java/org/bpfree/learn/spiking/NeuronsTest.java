package org.bpfree.learn.spiking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.random.RandomGenerator;
import org.bpfree.learn.Vectors;
import org.bpfree.random.RandomStream;
import org.bpfree.tensor.Precision;
import org.bpfree.tensor.Shape;
import org.bpfree.tensor.Tensor;
import org.bpfree.testing.Yaml;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Units and targets are those of spiking-microcircuit.md, sections 1 and 2")
class NeuronsTest {
    static final NeuronSettings NEURON = neuron("{steps: 5, membraneTime: 5, synapseTime: 3}");
    private static final double FOUR_DIGITS = 5e-5;

    private static NeuronSettings neuron(String block) {
        return Yaml.settings(NeuronSettings.class, block);
    }

    private static ObjectiveSettings objective(List<Integer> train, int filter) {
        return new ObjectiveSettings(ObjectiveSettings.Distance.SPIKE_TRAIN, train, filter, 4, 1);
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("a constant drive of 0.6 gives u = .6 1.08 .6 1.08 .6 and traces 0 .3333 .2222 .4815 .3210")
    void constantDrive(Precision precision) {
        Tensor potentials = Tensor.of(precision, Shape.of(5, 1), .6, .6, .6, .6, .6);
        Tensor traces = Tensor.zeros(precision, Shape.of(5, 1));
        Neurons.of(NEURON, false, potentials, null, potentials, traces).run();
        assertThat(potentials.toDoubles()).containsExactly(new double[] {.6, 1.08, .6, 1.08, .6}, within(1e-7));
        assertThat(traces.toDoubles())
                .containsExactly(new double[] {0, .3333, .2222, .4815, .3210}, within(FOUR_DIGITS));
    }

    @Test
    @DisplayName("a unit at the threshold does not spike, the next number above does, and NaN stays NaN")
    void threshold() {
        Tensor potentials = Tensor.of(
                Precision.FLOAT32, Shape.of(5, 3), 1, Math.nextUp(1f), Double.NaN, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
        Tensor traces = Tensor.zeros(Precision.FLOAT32, Shape.of(5, 3));
        Neurons.of(NEURON, false, potentials, null, potentials, traces).run();
        assertThat(traces.at(0)).isZero();
        assertThat(traces.at(1)).isCloseTo(1 / 3.0, within(1e-6));
        assertThat(traces.at(2)).isNaN();
    }

    @Test
    @DisplayName("a drive that stands still but for a factor is the same as the drive written out")
    void stillDrive() {
        double[] factors = {0.3, 0.5, 1, 1.2, 2};
        int units = 3000; // more than one piece
        Tensor still = Tensor.zeros(Precision.FLOAT64, Shape.of(1, units));
        Tensor written = Tensor.zeros(Precision.FLOAT64, Shape.of(5, units));
        for (int i = 0; i < units; i++) {
            still.set(i, Math.sin(i) * 1.5);
            for (int t = 0; t < 5; t++) {
                written.set(t * units + i, factors[t] * still.at(i));
            }
        }
        Tensor u = Tensor.zeros(Precision.FLOAT64, Shape.of(5, units));
        Tensor a = Tensor.zeros(Precision.FLOAT64, Shape.of(5, units));
        Tensor other = Tensor.zeros(Precision.FLOAT64, Shape.of(5, units));
        Neurons.of(NEURON, false, still, factors, u, a).run();
        Neurons.of(NEURON, false, written, null, written, other).run();
        assertThat(u.toDoubles()).isEqualTo(written.toDoubles());
        assertThat(a.toDoubles()).isEqualTo(other.toDoubles());
    }

    @Test
    @DisplayName("the desired train 0 1 1 1 1 filtered once and twice")
    void target() {
        assertThat(objective(List.of(), 1).target(NEURON))
                .containsExactly(new double[] {0, .3333, .5556, .7037, .8025}, within(FOUR_DIGITS));
        assertThat(objective(List.of(), 2).target(NEURON))
                .containsExactly(new double[] {0, .1111, .2593, .4074, .5391}, within(FOUR_DIGITS));
    }

    @Test
    @DisplayName("from ten steps on the default train alternates; a train of the user's is taken as it is")
    void trains() {
        NeuronSettings ten = neuron(
                "{steps: 10, membraneTime: 5, synapseTime: 1}"); // a time constant of 1 leaves the train as it is
        assertThat(objective(List.of(), 1).target(ten)).containsExactly(0, 1, 0, 1, 0, 1, 0, 1, 0, 1);
        NeuronSettings five = neuron("{steps: 5, membraneTime: 5, synapseTime: 1}");
        assertThat(objective(List.of(0, 1, 0, 1, 1), 1).target(five)).containsExactly(0, 1, 0, 1, 1);
    }

    @Test
    @DisplayName(
            "the window is the derivative of the logistic function: 1.25 at the threshold, limited at eight widths")
    void window() {
        double[] u = {1, 0.9, 1.1, -0.6, -5, 2.6, 9, 0.3};
        double[] f = new double[u.length];
        new Surrogate(NEURON).slopes(u, f, u.length);
        assertThat(f[0]).isCloseTo(1.25, within(1e-12));
        for (int i = 0; i < u.length; i++) {
            assertThat(f[i] / NaiveSpikingNetwork.f(u[i])).isCloseTo(1, within(1e-9));
        }
        assertThat(f[4]).isEqualTo(f[3]).isEqualTo(f[6]).isCloseTo(1.7e-3, within(5e-5));
    }

    private static Tensor random(String name, Precision precision, Shape shape, double size) {
        RandomGenerator random = RandomStream.of(1, name);
        Tensor tensor = Tensor.zeros(precision, shape);
        tensor.write(java.util.stream.DoubleStream.generate(random::nextGaussian)
                .limit(tensor.size())
                .map(x -> size * x)
                .toArray());
        return tensor;
    }

    @ParameterizedTest
    @ValueSource(doubles = {1, 0.1, 0.7}) // the last two are no numbers of single precision
    @DisplayName("traces follow from the spikes that kept potentials tell, exactly, in single precision, too")
    void spikesAreThoseOfKeptPotentials(double threshold) {
        NeuronSettings neuron =
                neuron("{steps: 5, membraneTime: 5, synapseTime: 3, threshold: %s}".formatted(threshold));
        int units = 2500;
        Tensor potentials = random("drive", Precision.FLOAT32, Shape.of(5, units), 0.8);
        for (int i = 0; i < 5 * units; i += 7) {
            potentials.set(i, threshold); // at the first step many stand at the threshold
        }
        Tensor traces = Tensor.zeros(Precision.FLOAT32, Shape.of(5, units));
        Neurons.of(neuron, false, potentials, null, potentials, traces).run();
        int spikes = 0;
        for (int unit = 0; unit < units; unit++) {
            float trace = 0;
            for (int t = 0; t < 5; t++) {
                int spike = potentials.at(t * units + unit) > threshold ? 1 : 0;
                spikes += spike;
                trace += (spike - trace) * (float) (1 / 3.0);
                assertThat(traces.at(t * units + unit)).isEqualTo(trace);
            }
        }
        assertThat(spikes).as("not a silent network").isGreaterThan(units / 2);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @DisplayName("signals in single precision are those in double precision to 1e-5, folded over time or not")
    void signalsInSinglePrecision(boolean folds) {
        double[] fold = folds ? NEURON.traceOfConstant() : null;
        Shape all = Shape.of(5, 2500);
        Shape shape = folds ? Shape.of(1, 2500) : all;
        Tensor[] errors = new Tensor[2];
        Tensor[] signals = new Tensor[2];
        for (Precision precision : Precision.values()) {
            int i = precision.ordinal();
            errors[i] = random("errors", precision, all, 1);
            Tensor potentials = random("potentials", precision, all, 1.5);
            signals[i] = Tensor.zeros(precision, shape);
            if (precision == Precision.FLOAT32) {
                new FloatSurrogateGate(NEURON, errors[i], potentials, signals[i], fold).run();
            } else {
                new Gate(NEURON, errors[i], potentials, signals[i], fold, n -> new LocalRules(NEURON, n)::surrogate)
                        .run();
            }
        }
        double[] single = signals[Precision.FLOAT32.ordinal()].toDoubles();
        double[] exact = signals[Precision.FLOAT64.ordinal()].toDoubles();
        assertThat(Vectors.relativeDifference(single, exact)).isBetween(1e-9, 1e-5);
    }
}
