package org.bpfree.natives;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Native libraries that the build packs")
class NativeLibrariesTest {
    private static final String PLATFORM = "linux-x86_64";
    private static final byte[] BLAS = random(300_000, 1);
    private static final byte[] ND4J = random(2_500_000, 2);

    @TempDir
    private Path folder;

    private ClassLoader classes;

    private static byte[] random(int length, long seed) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    @BeforeEach
    void pack() throws IOException {
        Path jar = folder.resolve("natives.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            entry(out, "org/bytedeco/openblas/linux-x86_64/libopenblas.so.0", BLAS);
            entry(out, "org/nd4j/linalg/cpu/nativecpu/bindings/linux-x86_64-onednn/libnd4jcpu.so", ND4J);
            entry(out, "org/bytedeco/openblas/windows-x86_64/libopenblas.dll", BLAS);
        }
        NativePacker.pack(List.of(jar), folder.resolve("classes"));
        classes = loader(folder.resolve("classes"));
    }

    private static ClassLoader loader(Path classes) throws MalformedURLException {
        return new URLClassLoader(new URL[] {classes.toUri().toURL()}, null);
    }

    private static void entry(JarOutputStream out, String name, byte[] content) throws IOException {
        out.putNextEntry(new JarEntry(name));
        out.write(content);
    }

    private Path unpacked() {
        return NativeLibraries.unpacked(classes, PLATFORM, List.of(folder.resolve("cache")))
                .orElseThrow();
    }

    @Test
    @DisplayName("come out of the cache byte for byte, with the links that JavaCPP looks for")
    void roundTrip() throws IOException {
        Path cache = unpacked();
        assertThat(cache.resolve("libopenblas.so.0")).hasBinaryContent(BLAS);
        assertThat(cache.resolve("libnd4jcpu.so")).hasBinaryContent(ND4J);
        assertThat(cache.resolve("libopenblas_nolapack.so.0")).isSymbolicLink().hasBinaryContent(BLAS);
        assertThat(cache.resolve("libopenblas.so")).isSymbolicLink().hasBinaryContent(BLAS);
        try (Stream<Path> files = Files.list(cache)) {
            assertThat(files).hasSize(5); // nothing of Windows
        }
    }

    @Test
    @DisplayName("are unpacked once, and again where a file was cut or is gone")
    void repaired() throws IOException {
        Path library = unpacked().resolve("libnd4jcpu.so");
        Files.write(library, Arrays.copyOf(ND4J, 10));
        assertThat(unpacked().resolve("libnd4jcpu.so")).hasBinaryContent(ND4J);
        Files.delete(library);
        unpacked();
        assertThat(library).hasBinaryContent(ND4J);
        byte[] marked = ND4J.clone();
        marked[0]++;
        Files.write(library, marked);
        unpacked();
        assertThat(library).as("left alone while its size is right").hasBinaryContent(marked);
    }

    @Test
    @DisplayName("leave nothing under their name when the JAR is damaged, and say so")
    void damaged() throws IOException {
        Path packed = folder.resolve("classes").resolve(NativeIndex.packed(PLATFORM));
        byte[] whole = Files.readAllBytes(packed);
        try (OutputStream out = Files.newOutputStream(packed)) {
            out.write(whole, 0, whole.length / 2);
        }
        assertThatThrownBy(this::unpacked)
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining(NativeLibraries.NO_CACHE);
        try (Stream<Path> files = Files.list(folder.resolve("cache"))) {
            assertThat(files).allMatch(each -> each.toString().endsWith(".lock"));
        }
    }

    @Test
    @DisplayName("go to the next cache where the first cannot be written")
    void secondCache() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "in the way");
        Path second = folder.resolve("second");
        assertThat(NativeLibraries.unpacked(classes, PLATFORM, List.of(file.resolve("cache"), second)))
                .hasValueSatisfying(found -> assertThat(found).hasParent(second));
    }

    @Test
    @DisplayName("are none on a platform that the JAR does not have")
    void otherPlatform() {
        assertThat(NativeLibraries.unpacked(classes, "linux-ppc64le", List.of(folder)))
                .isEqualTo(Optional.empty());
    }

    @Test
    @DisplayName("lose what stands behind their last segment, and the table that tells of it")
    void withoutSections() {
        ByteBuffer elf = ByteBuffer.allocate(1000).order(ByteOrder.LITTLE_ENDIAN);
        elf.putInt(0, 0x464C457F).put(4, (byte) 2).put(5, (byte) 1);
        elf.putLong(32, 64).putShort(54, (short) 56).putShort(56, (short) 2); // two program headers at 64
        elf.putLong(40, 900).putShort(60, (short) 3).putShort(62, (short) 2); // sections at 900
        elf.putLong(64 + 8, 0).putLong(64 + 32, 400);
        elf.putLong(120 + 8, 400).putLong(120 + 32, 250);
        elf.put(649, (byte) 7);
        byte[] loadable = ElfImage.loadable(elf.array());
        assertThat(loadable).hasSize(650).endsWith(7);
        ByteBuffer header = ByteBuffer.wrap(loadable).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(header.getLong(40)).isZero();
        assertThat(header.getShort(60)).isZero();
        assertThat(ElfImage.loadable(BLAS)).as("of another format").isSameAs(BLAS);
    }
}
