package org.bpfree.graph.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.bpfree.graph.InitialValues;
import org.bpfree.graph.Initializer;
import org.bpfree.graph.Kernel;
import org.bpfree.random.RandomStream;
import org.bpfree.tensor.Arena;
import org.bpfree.tensor.Precision;
import org.bpfree.tensor.Shape;
import org.bpfree.tensor.Tensor;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What a spiking network asks of ops")
class DropoutOverTimeTest {
    private static final int BATCH = 2;
    private static final int STEPS = 5;
    private static final Shape MAP = Shape.of(6, 4, 3);

    private static double[] ofOnes(DropoutOp.Together together, int repeats) {
        Arena arena = new Arena(Precision.FLOAT64);
        Tensor ones = arena.batch("ones", STEPS * BATCH, MAP);
        ones.fill(1);
        Tensor output = arena.batch("output", STEPS * BATCH, MAP);
        new DropoutOp(0.2, together)
                .bind(new Kernel.Binding(
                        "dropout1",
                        List.of(ones),
                        List.of(),
                        output,
                        arena,
                        Kernel.Mode.TRAIN,
                        purpose -> RandomStream.of(1, purpose),
                        repeats))
                .forward();
        return output.toDoubles();
    }

    @Test
    @DisplayName("dropout silences the same values of a sample at all steps, and others of another sample")
    void sameAtAllSteps() {
        double[] kept = ofOnes(DropoutOp.Together.VALUES, STEPS);
        int block = BATCH * (int) MAP.size();
        for (int i = block; i < kept.length; i++) {
            assertThat(kept[i]).isEqualTo(kept[i - block]);
        }
        assertThat(java.util.Arrays.copyOf(kept, block / 2))
                .isNotEqualTo(java.util.Arrays.copyOfRange(kept, block / 2, block));
        assertThat(kept).contains(0, 1 / 0.8).containsOnly(0, 1 / 0.8);
        double[] alone = ofOnes(DropoutOp.Together.VALUES, 1);
        assertThat(java.util.Arrays.copyOf(alone, block))
                .as("negative control: samples that are all different")
                .isNotEqualTo(java.util.Arrays.copyOfRange(alone, block, 2 * block));
    }

    @Test
    @DisplayName("dropout of rows silences each row of a channel as a whole, and not all rows")
    void rows() {
        double[] kept = ofOnes(DropoutOp.Together.ROWS, STEPS);
        boolean rowsDiffer = false;
        for (int row = 0; row < kept.length / 12; row++) {
            for (int i = 0; i < 12; i++) {
                assertThat(kept[row * 12 + i]).isEqualTo(kept[row * 12 + i % 3]);
            }
            rowsDiffer |= row > 0 && kept[row * 12] != kept[row * 12 - 12];
        }
        assertThat(rowsDiffer).isTrue();
    }

    @Test
    @DisplayName("dropout of channels silences each channel as a whole, and not all channels")
    void channels() {
        double[] kept = ofOnes(DropoutOp.Together.CHANNELS, STEPS);
        for (int i = 0; i < kept.length; i++) {
            assertThat(kept[i]).isEqualTo(kept[i / 72 * 72 + i % 3]);
        }
        assertThat(kept).contains(0, 1 / 0.8);
    }

    @Test
    @DisplayName("a scale on initial weights multiplies every draw, and what is said of their size")
    void initialScale() {
        var plain = new DenseOp(40, false, Initializer.HE_NORMAL)
                .parameters(List.of(Shape.of(30)))
                .get(0);
        var scaled = new DenseOp(40, false, Initializer.HE_NORMAL, 5, Initializer.ZEROS)
                .parameters(List.of(Shape.of(30)))
                .get(0);
        double[] once = InitialValues.draw(plain, RandomStream.of(1, "draw"));
        double[] fivefold = InitialValues.draw(scaled, RandomStream.of(1, "draw"));
        for (int i = 0; i < once.length; i++) {
            assertThat(fivefold[i]).isCloseTo(5 * once[i], within(1e-12));
        }
        assertThat(InitialValues.rootMeanSquare(scaled)).isCloseTo(5 * Math.sqrt(2.0 / 30), within(1e-12));
    }
}
