package org.bpfree.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.bpfree.random.RandomStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;

/**
 * A team of OpenMP lives as long as the thread that first asked for it, and its threads bear that thread's name. So each kernel is made and
 * run on a fresh thread with a name of its own, beside which there must be no other of this name while it lives; nor may there be threads
 * with the name of Java's helpers that Java does not know.
 */
@DisplayName("Native kernels have no threads of their own")
@EnabledOnOs(OS.LINUX)
@Timeout(120)
class OneThreadPoolTest {
    private static final int ENOUGH = 1 << 18; // elements of which ND4J and oneDNN make a team

    private final RandomGenerator random = RandomStream.of(1, "pools");

    @AfterEach
    void oneThreadForTheOtherTests() {
        Backend.start(1);
    }

    @Test
    @DisplayName("activations and their errors")
    void activations() throws Exception {
        for (Precision precision : Precision.values()) {
            Tensor input = RandomTensors.random(random, precision, 64, ENOUGH / 64);
            Tensor output = RandomTensors.zerosLike(input);
            Tensor error = RandomTensors.random(random, precision, 64, ENOUGH / 64);
            Tensor below = RandomTensors.zerosLike(input);
            for (ActivationFunction function : ActivationFunction.values()) {
                assertAlone(function + " " + precision, () -> {
                    Activation.forward(function, input, output).run();
                    Activation.backward(function, input, output, error, below).run();
                    Activation.differenceAfter(error, function, input, output, below)
                            .run();
                });
            }
        }
    }

    @Test
    @DisplayName("elementwise kernels, fills and copies")
    void elementwise() throws Exception {
        for (Precision precision : Precision.values()) {
            Tensor a = RandomTensors.random(random, precision, ENOUGH);
            Tensor b = RandomTensors.random(random, precision, ENOUGH);
            Tensor c = RandomTensors.zerosLike(a);
            assertAlone("elementwise " + precision, () -> {
                Elementwise.add(a, b, c).run();
                Elementwise.subtract(a, b, c).run();
                Elementwise.multiply(a, b, c).run();
                Elementwise.blend(a, 2, b, 3, c).run();
                Elementwise.copy(a, c).run();
                Elementwise.sign(a, 2, c).run();
                c.fill(1);
                new Norm(c).value();
            });
        }
    }

    @Test
    @DisplayName("products, attention, factors and column sums")
    void products() throws Exception {
        for (Precision precision : Precision.values()) {
            Tensor a = RandomTensors.random(random, precision, 256, 256);
            Tensor b = RandomTensors.random(random, precision, 256, 256);
            Tensor c = RandomTensors.zerosLike(a);
            Tensor tokens = RandomTensors.random(random, precision, 32, 64, 64);
            Tensor weights = Tensor.zeros(precision, Shape.of(32, 4, 64, 64));
            Tensor scratch = RandomTensors.zerosLike(weights);
            Tensor[] errors = {
                RandomTensors.zerosLike(tokens), RandomTensors.zerosLike(tokens), RandomTensors.zerosLike(tokens)
            };
            assertAlone("products " + precision, () -> {
                MatrixProduct.of(a, b, c).run();
                MatrixProduct.withSecondTransposed(a, b, c).run();
                MatrixProduct.addWithFirstTransposed(a, b, c).run();
                ColumnSum.of(a, Tensor.zeros(precision, Shape.of(256))).run();
                new LuFactors(a).factorize();
                Attention attention = new Attention(tokens, tokens, tokens, RandomTensors.zerosLike(tokens), weights);
                attention.forward().run();
                attention.backward(tokens, errors, scratch).run();
            });
        }
    }

    @Test
    @DisplayName("convolutions, poolings and normalizations")
    void maps() throws Exception {
        for (Precision precision : Precision.values()) {
            Tensor maps = RandomTensors.random(random, precision, 16, 32, 32, 16);
            Tensor result = RandomTensors.zerosLike(maps);
            Tensor below = RandomTensors.zerosLike(maps);
            Tensor pooled = Tensor.zeros(precision, Shape.of(16, 16, 16, 16));
            Window pool = new Window(2, 2, false);
            Tensor channels = RandomTensors.random(random, precision, 16);
            assertAlone("poolings and normalizations " + precision, () -> {
                for (Pooling.Reduction reduction : Pooling.Reduction.values()) {
                    Pooling.forward(reduction, maps, pooled, pool).run();
                    Pooling.backward(reduction, maps, pooled, pooled, below, pool)
                            .run();
                }
                LayerNormalization layer = new LayerNormalization(maps, channels, channels, result, 1e-5);
                layer.forward();
                layer.backward(maps, channels, below, null, null);
            });
            for (int size : new int[] {3, 5}) {
                Window window = new Window(size, 1, true);
                Tensor kernels = RandomTensors.random(random, precision, 16, size, size, 16);
                Tensor gradient = RandomTensors.zerosLike(kernels);
                Tensor biases = RandomTensors.random(random, precision, 16);
                assertAlone("convolution " + size + " " + precision, () -> {
                    Convolution.forward(maps, kernels, biases, result, window).run();
                    Convolution.backward(maps, kernels, result, below, gradient, biases, window)
                            .run();
                });
            }
        }
    }

    @Test
    @DisplayName("one that has is found")
    void negativeControl() throws Exception {
        Tensor maps = RandomTensors.random(random, Precision.FLOAT32, 16, 32, 32, 16);
        Tensor kernels = RandomTensors.random(random, Precision.FLOAT32, 16, 3, 3, 16);
        Tensor result = RandomTensors.zerosLike(maps);
        int threads = threadsBeside(() -> {
            NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(2);
            Nd4j.getExecutioner()
                    .exec(DynamicCustomOp.builder("conv2d")
                            .addInputs(maps.array(), kernels.array())
                            .addOutputs(result.array())
                            .addIntegerArguments(3, 3, 1, 1, 0, 0, 1, 1, 1, 1, 2)
                            .build());
        });
        assertThat(threads).isEqualTo(1);
    }

    private static void assertAlone(String what, Routine work) throws Exception {
        Backend.start(2);
        Parallel.each(2, share -> {}); // starts a helper, which bears the name of who starts it for a moment
        while (named("bpfree-helper") < helpers()) {
            Thread.sleep(1);
        }
        assertThat(threadsBeside(work)).as(what).isZero();
    }

    /** How many threads there are that bear the name of the one that does some work, beside that itself. */
    private static int threadsBeside(Routine work) throws Exception {
        List<Integer> found = new ArrayList<>();
        List<Throwable> problems = new ArrayList<>();
        Thread worker = new Thread(
                () -> {
                    try {
                        work.run();
                        found.add(named("pool-alone") - 1 + named("bpfree-helper") - helpers());
                    } catch (Throwable e) {
                        problems.add(e);
                    }
                },
                "pool-alone");
        worker.start();
        worker.join();
        assertThat(problems).isEmpty();
        return found.get(0);
    }

    private static int helpers() {
        return (int) Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("bpfree-helper"))
                .count();
    }

    private static int named(String name) throws IOException {
        int count = 0;
        try (var tasks = Files.newDirectoryStream(Path.of("/proc/self/task"))) {
            for (Path task : tasks) {
                try {
                    count += Files.readString(task.resolve("comm")).strip().equals(name) ? 1 : 0;
                } catch (IOException e) {
                    continue; // the thread is gone
                }
            }
        }
        return count;
    }
}
