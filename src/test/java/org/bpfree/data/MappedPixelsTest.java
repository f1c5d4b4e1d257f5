package org.bpfree.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bytes beyond the 2 GiB that one mapping holds, and across the border of two segments. */
class MappedPixelsTest {
    private static final long SEGMENT = 1L << 30;

    @TempDir
    private Path folder;

    @Test
    void bytesAreReadAcrossSegmentsAndBeyondTwoGibibytes() throws IOException {
        Path file = folder.resolve("sparse");
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.SPARSE)) {
            channel.write(ByteBuffer.wrap(new byte[] {1, 2, 3, 4, 5, 6}), 100 + SEGMENT - 3);
            channel.write(ByteBuffer.wrap(new byte[] {7, 8, 9}), 100 + 3 * SEGMENT);
        }
        MappedPixels pixels = MappedPixels.of(file, 100, 3 * SEGMENT + 3);

        assertThat(pixels.bytes()).isEqualTo(3 * SEGMENT + 3);
        assertThat(read(pixels, SEGMENT - 4, 8)).containsExactly(0, 1, 2, 3, 4, 5, 6, 0);
        assertThat(read(pixels, 3 * SEGMENT, 3)).containsExactly(7, 8, 9);
    }

    @Test
    void aFileThatIsTooShortIsRefused() throws IOException {
        Path file = Files.write(folder.resolve("short"), new byte[10]);
        assertThatThrownBy(() -> MappedPixels.of(file, 4, 7))
                .isInstanceOf(IOException.class)
                .hasMessage("it has 10 bytes, and 11 are needed");
    }

    private static byte[] read(PixelStore pixels, long from, int count) {
        byte[] out = new byte[count + 2];
        pixels.read(from, out, 1, count);
        assertThat(out[0]).isZero();
        assertThat(out[count + 1]).isZero();
        return java.util.Arrays.copyOfRange(out, 1, count + 1);
    }
}
