package org.bpfree.measure.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.bpfree.experiment.InstalledTypes;
import org.bpfree.graph.Initializer;
import org.bpfree.graph.Kernel;
import org.bpfree.graph.Op;
import org.bpfree.graph.ParameterSpec;
import org.bpfree.learn.LearnerSettings;
import org.bpfree.model.LayerKind;
import org.bpfree.settings.Default;
import org.bpfree.settings.Doc;
import org.bpfree.settings.Extension;
import org.bpfree.settings.TypeName;
import org.bpfree.tensor.Routine;
import org.bpfree.tensor.Shape;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A layer with weights from another JAR, of which nothing in the program knows. */
@DisplayName("An unknown layer with weights")
class UnknownOpTest {
    private static final String CONVOLUTIONAL = """
            - {type: conv, filters: 5, kernel: 3, bias: false}
            - {type: activation, function: tanh}
            - {type: mix, name: unknown}
            - {type: activation, function: tanh}
            - {type: flatten}
            - {type: dense, units: 10, bias: false}
            """;
    private static final String INVERTIBLE = """
            - {type: flatten}
            - {type: dense, units: 14, bias: false}
            - {type: activation, function: leaky-relu}
            - {type: mix, name: unknown}
            - {type: activation, function: leaky-relu}
            - {type: square-dense, read: 10, bias: false}
            """;
    private static final String SPIKING = """
            - {type: conv, filters: 5, kernel: 3, bias: false}
            - {type: mix, name: unknown}
            - {type: flatten}
            - {type: dense, units: 10, bias: false}
            """;

    @TempDir
    private Path folder;

    private Verify verify;

    @BeforeEach
    void announce() throws IOException {
        Path services = Files.createDirectories(folder.resolve("jar/META-INF/services"));
        Files.writeString(services.resolve(Extension.class.getName()), Layers.class.getName());
        Files.writeString(services.resolve(NaiveFamily.class.getName()), Formulas.class.getName());
        URL[] jar = {folder.resolve("jar").toUri().toURL()};
        verify = new Verify(new URLClassLoader(jar, getClass().getClassLoader()), folder);
    }

    /** Announces the layer. */
    public static final class Layers implements Extension {
        @Override
        public List<Class<? extends Record>> members() {
            return List.of(Mix.class);
        }
    }

    /** The layer. */
    @TypeName("mix")
    @Doc("Mixes the channels of each place.")
    public record Mix(
            @Doc("Whether it passes for a dense layer.") @Default("false")
            boolean dense) implements LayerKind {
        @Override
        public Op op() {
            return new MixOp(dense);
        }
    }

    /** {@code out[p, i] = sum over j of w[i, j] in[p, j]} at every place {@code p}. */
    record MixOp(boolean isDense) implements Op {
        @Override
        public String kind() {
            return "mix";
        }

        @Override
        public Shape outputShape(List<Shape> inputs) {
            return inputs.get(0);
        }

        @Override
        public List<ParameterSpec> parameters(List<Shape> inputs) {
            int channels = inputs.get(0).extent(-1);
            return List.of(ParameterSpec.weights(
                    Shape.of(channels, channels), Initializer.GLOROT_UNIFORM, channels, channels));
        }

        @Override
        public Kernel bind(Kernel.Binding binding) {
            return new Kernel() {
                @Override
                public void forward() {
                    double[] output = new double[binding.output().size()];
                    multiply(
                            binding.input().toDoubles(),
                            binding.parameters().get(0).toDoubles(),
                            output,
                            false);
                    binding.output().write(output);
                }

                @Override
                public Routine backward(Wiring wiring) {
                    return () -> {
                        double[] error = wiring.error().toDoubles();
                        if (wiring.inputError() != null) {
                            double[] below = new double[error.length];
                            multiply(error, wiring.feedback().get(0).toDoubles(), below, true);
                            wiring.inputError().write(below);
                        }
                        if (wiring.gradients()[0] != null) {
                            wiring.gradients()[0].write(
                                    products(error, binding.input().toDoubles()));
                        }
                    };
                }

                private double[] products(double[] error, double[] input) {
                    int channels = binding.output().shape().extent(-1);
                    double[] products = new double[channels * channels];
                    for (int at = 0; at < error.length; at++) {
                        for (int j = 0; j < channels; j++) {
                            products[at % channels * channels + j] += error[at] * input[at / channels * channels + j];
                        }
                    }
                    return products;
                }
            };
        }

        private static void multiply(double[] x, double[] w, double[] y, boolean transposed) {
            int channels = (int) Math.sqrt(w.length);
            for (int at = 0; at < y.length; at++) {
                int i = at % channels;
                for (int j = 0; j < channels; j++) {
                    y[at] += w[transposed ? j * channels + i : i * channels + j] * x[at - i + j];
                }
            }
        }
    }

    /** Its formula, for {@code bpfree verify}. */
    public static final class Formulas implements NaiveFamily {
        @Override
        public Optional<NaiveOp> formula(Op op) {
            return op instanceof MixOp ? Optional.of(new NaiveDense()) : Optional.empty();
        }
    }

    /** Learners that take the network of the others without the unknown layer only, and what they say of it. */
    private static final Map<String, String> REFUSALS = Map.of(
            "dtp", "has no inverse here",
            "equilibrium", "between states lie linear layers and max-pools only",
            "forward-forward", "is the activity of a rectifier right behind its weights",
            "pepita", "knows updates of dense layers and convolutions only");

    static Stream<String> learners() {
        return InstalledTypes.find().variants(LearnerSettings.class).keySet().stream();
    }

    private static String network(String learner) {
        return switch (learner) {
            case "gait-prop", "itp", "target-prop" -> INVERTIBLE;
            case "spiking-backprop", "spiking-microcircuit" -> SPIKING;
            default -> CONVOLUTIONAL;
        };
    }

    @ParameterizedTest
    @MethodSource("learners")
    @DisplayName("is refused with a reason, or right to the last promise")
    void isRefusedOrRight(String learner) {
        Verify.Outcome outcome = verify.runOn(network(learner), "{type: " + learner + "}");
        if (REFUSALS.containsKey(learner)) {
            assertThat(outcome.exitCode()).isEqualTo(2);
            assertThat(outcome.messages()).contains("unknown: ", REFUSALS.get(learner));
        } else if (network(learner).equals(CONVOLUTIONAL)) {
            assertThat(outcome.broken()).as(outcome.messages()).isEmpty();
            assertThat(outcome.exitCode()).as(outcome.messages()).isZero();
            assertThat(outcome.report().toString()).contains("unknown/weights").doesNotContain("no formula");
        } else {
            assertThat(outcome.exitCode()).isEqualTo(2);
            assertThat(outcome.messages())
                    .contains("1 problem")
                    .contains("unknown: ")
                    .containsAnyOf("its weights have no inverse", "layers of type mix have no place");
        }
    }

    @Test
    @DisplayName("is refused by EKDAA's released rule, which has rules for known weights only")
    void releasedRule() {
        Verify.Outcome outcome = verify.runOn(CONVOLUTIONAL, "{type: ekdaa, mode: released}");
        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.messages())
                .contains("1 problem")
                .contains("unknown: ")
                .contains("none for those of type mix");
    }

    @Test
    @DisplayName(
            "that passes for a dense layer is taken for one, and the oracle says that it has no formula rather than guess")
    void oneThatPassesForAnotherIsNotJudged() {
        String passing = SPIKING.replace("type: mix", "type: mix, dense: true");
        Verify.Outcome outcome = verify.runOn(passing, "{type: spiking-backprop}");
        assertThat(outcome.broken()).isEmpty();
        assertThat(outcome.report().toString()).contains("no formula is known here of layers of type mix");
    }

    @Test
    @DisplayName("negative control: a formula that is another's is noticed")
    void aWrongFormulaIsNoticed() throws IOException {
        Path services = folder.resolve("jar/META-INF/services");
        Files.writeString(services.resolve(NaiveFamily.class.getName()), WrongFormulas.class.getName());
        Verify.Outcome outcome = verify.runOn(CONVOLUTIONAL, "{type: backprop}");
        assertThat(outcome.exitCode()).isEqualTo(5);
        assertThat(outcome.broken()).isNotEmpty();
    }

    /** Takes the layer for one that changes nothing. */
    public static final class WrongFormulas implements NaiveFamily {
        @Override
        public Optional<NaiveOp> formula(Op op) {
            return op instanceof MixOp
                    ? Optional.of(new NaiveActivation(org.bpfree.tensor.ActivationFunction.LEAKY_RELU))
                    : Optional.empty();
        }
    }
}
