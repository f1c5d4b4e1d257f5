package org.bpfree.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bpfree.failure.Failure;
import org.bpfree.files.AtomicFile;
import org.bpfree.graph.Loss;
import org.bpfree.tensor.Precision;
import org.bpfree.tensor.Shape;
import org.bpfree.tensor.Tensor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A checkpoint")
class CheckpointTest {
    @TempDir
    Path folder;

    private Path file;
    private TrainingState state;

    @BeforeEach
    void write() {
        file = folder.resolve("last");
        state = new TrainingState();
        state.epoch = 3;
        state.batch = 17;
        state.step = 1234;
        state.running = new Loss.Result(1.25, 7, 9);
        state.best = 0.75;
        state.seconds = 99;
        Checkpoint.write(file, header(), tensors(1));
    }

    private Checkpoint.Header header() {
        return new Checkpoint.Header("hash", "name: x\n", state, new double[] {0.5}, new double[] {-1}, List.of());
    }

    private static Map<String, Tensor> tensors(double factor) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        tensors.put(
                "parameter/a",
                Tensor.of(Precision.FLOAT32, Shape.of(2, 2), factor, 2 * factor, 3 * factor, Double.NaN));
        tensors.put("optimizer/b", Tensor.of(Precision.FLOAT64, Shape.of(1), factor / 3));
        return tensors;
    }

    @Test
    @DisplayName("gives back every bit of every tensor, and the state but for wall-clock time")
    void roundTrip() {
        Checkpoint read = Checkpoint.read(file);
        Map<String, Tensor> restored = tensors(7);
        read.restore(restored);
        Map<String, Tensor> written = tensors(1);
        written.forEach((name, tensor) ->
                assertThat(restored.get(name).bytes()).as(name).isEqualTo(tensor.bytes()));
        TrainingState back = read.header().state();
        assertThat(back.epoch).isEqualTo(3);
        assertThat(back.batch).isEqualTo(17);
        assertThat(back.step).isEqualTo(1234);
        assertThat(back.running).isEqualTo(state.running);
        assertThat(back.lastValidation).isEqualTo(Loss.Result.NONE);
        assertThat(back.best).isEqualTo(0.75);
        assertThat(back.seconds).isZero();
    }

    @Test
    @DisplayName("has equal bytes for equal content")
    void equalBytes() throws IOException {
        state.seconds = 1;
        Checkpoint.write(folder.resolve("again"), header(), tensors(1));
        assertThat(folder.resolve("again")).hasSameBinaryContentAs(file);
    }

    @Test
    @DisplayName("with any single flipped bit is refused as damaged")
    void flippedBits() throws IOException {
        byte[] content = Files.readAllBytes(file);
        for (int position = 16; position < content.length; position += 7) {
            byte[] damaged = content.clone();
            damaged[position] ^= 4;
            Files.write(file, damaged);
            assertThatThrownBy(() -> Checkpoint.read(file))
                    .isInstanceOf(Failure.class)
                    .hasMessageContaining("damaged");
        }
    }

    @Test
    @DisplayName("cut off anywhere is refused")
    void truncated() throws IOException {
        byte[] content = Files.readAllBytes(file);
        for (int length = 0; length < content.length; length += 11) {
            Files.write(file, Arrays.copyOf(content, length));
            assertThatThrownBy(() -> Checkpoint.read(file)).isInstanceOf(Failure.class);
        }
    }

    @Test
    @DisplayName("of a newer format, another kind of file, or no file is told from a damaged one")
    void foreignFiles() throws IOException {
        byte[] content = Files.readAllBytes(file);
        content[8] = 99;
        Files.write(file, content);
        assertThatThrownBy(() -> Checkpoint.read(file)).hasMessageContaining("format 99");
        Files.writeString(file, "some text that is long enough to be looked at");
        assertThatThrownBy(() -> Checkpoint.read(file)).hasMessageContaining("not a bpfree checkpoint");
        Files.delete(file);
        assertThatThrownBy(() -> Checkpoint.read(file)).hasMessageContaining("no checkpoint");
    }

    @Test
    @DisplayName("of another network names the first tensor that does not fit")
    void otherNetwork() {
        Checkpoint read = Checkpoint.read(file);
        assertThatThrownBy(() -> read.restore(Map.of("parameter/c", Tensor.zeros(Precision.FLOAT32, Shape.of(1)))))
                .hasMessageContaining("parameter/c is not in it");
        assertThatThrownBy(() -> read.restore(Map.of("parameter/a", Tensor.zeros(Precision.FLOAT32, Shape.of(4)))))
                .hasMessageContaining("2x2")
                .hasMessageContaining("4 FLOAT32");
    }

    @Test
    @DisplayName("with the other form of momentum is refused, and says which form it has")
    void otherMomentum() {
        Checkpoint read = Checkpoint.read(file);
        assertThatThrownBy(() ->
                        read.restore(Map.of("optimizer/velocity/a", Tensor.zeros(Precision.FLOAT32, Shape.of(1)))))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("optimizer.momentumForm: keras");
    }

    @Test
    @DisplayName("that cannot be written leaves the older one untouched and no temporary file behind")
    void failedWrite() throws IOException {
        byte[] before = Files.readAllBytes(file);
        assertThatThrownBy(() -> AtomicFile.write(file, channel -> {
                    AtomicFile.writeFully(channel, java.nio.ByteBuffer.wrap(new byte[10]));
                    throw new IOException("No space left on device");
                }))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("No space left on device");
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
        assertThat(folder).isDirectoryContaining("glob:**last").isDirectoryNotContaining("glob:**.tmp");
    }
}
