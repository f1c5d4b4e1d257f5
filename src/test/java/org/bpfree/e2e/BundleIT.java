package org.bpfree.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The JAR carries what it needs, no more, and says whose it is. */
class BundleIT {
    private static final long MOST_BYTES =
            105_000_000; // for one platform; Java's compression of the native libraries alone needs 130
    private static final Pattern LIBRARY =
            Pattern.compile(".*/(?:lib)?([^/]+?)(?:[-.][0-9.]+)*\\.(?:so|dylib|jnilib|dll|a)(?:\\.[0-9]+)*");
    /** What libraries bring along and nothing here uses. */
    private static final List<Pattern> UNWANTED = List.of(
            Pattern.compile("org/bytedeco/mkl/.*"),
            Pattern.compile("com/sun/jna/.*"),
            Pattern.compile("oshi/.*"),
            Pattern.compile("de/erichseifert/.*"),
            Pattern.compile("org/apache/pdfbox/(multipdf|printing|rendering|text|resources/afm)/.*"),
            Pattern.compile("org/apache/fontbox/cmap/(?!Identity-H)[^/.]*"),
            Pattern.compile("org/apache/batik/ext/awt/image/.*"),
            Pattern.compile("org/jline/nativ/.*"),
            Pattern.compile(".*\\.(map|h|hpp|cmake|pc|cjs)"));

    @TempDir
    private Path folder;

    private static List<String> entries() throws IOException {
        try (JarFile jar = new JarFile(Bpfree.JAR.toFile())) {
            return jar.stream()
                    .filter(entry -> !entry.isDirectory())
                    .map(JarEntry::getName)
                    .toList();
        }
    }

    /** The libraries that lie compressed in one stream, as its index names them. */
    private static List<String> packed() throws IOException {
        try (JarFile jar = new JarFile(Bpfree.JAR.toFile());
                InputStream in = jar.getInputStream(jar.getEntry("natives/linux-x86_64.index"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.startsWith("file "))
                    .map(line -> "natives/" + line.split(" ")[2])
                    .toList();
        }
    }

    private static List<String> unwanted(List<String> entries) {
        return entries.stream()
                .filter(entry -> UNWANTED.stream()
                        .anyMatch(pattern -> pattern.matcher(entry).matches()))
                .toList();
    }

    @Test
    void theJarCarriesNothingThatItDoesNotUse() throws IOException {
        assertThat(unwanted(entries())).isEmpty();
        List<String> foreign = List.of(
                "com/sun/jna/aix-ppc/libjnidispatch.a",
                "a/chart.js.map",
                "a/cblas.h",
                "org/apache/fontbox/cmap/UniJIS-UTF16-H");
        assertThat(unwanted(foreign)).as("negative control").isEqualTo(foreign);
        Set<String> platforms = entries().stream()
                .filter(entry -> entry.endsWith(".index") || entry.endsWith("jnijavacpp.dll"))
                .collect(Collectors.toSet());
        if (platforms.size() == 1) {
            assertThat(Files.size(Bpfree.JAR)).isLessThan(MOST_BYTES);
        }
    }

    @Test
    void everyNativeLibraryHasItsLicenceInTheTable() throws IOException {
        String table = Bpfree.in(folder).run("--licenses").exits(0).out();
        Set<String> named =
                table.lines().map(line -> line.replaceFirst("\\s.*", "")).collect(Collectors.toSet());
        Set<String> libraries = Stream.concat(entries().stream(), packed().stream())
                .map(LIBRARY::matcher)
                .filter(Matcher::matches)
                .map(matcher -> matcher.group(1).replaceFirst("^api-ms-win-.*", "api-ms-win-*"))
                .collect(Collectors.toSet());
        assertThat(libraries).contains("nd4jcpu");
        assertThat(named).containsAll(libraries);
    }

    @Test
    void everyLicenceIsInTheJarInFull() {
        Bpfree bpfree = Bpfree.in(folder);
        assertThat(bpfree.run("--licenses=jackson-core").exits(0).out()).contains("Schubfach", "FastDoubleParser");
        assertThat(bpfree.run("--licenses=logback-core").exits(0).out()).contains("Eclipse Public License - v 2.0");
    }

    @Test
    void startsWithNothingUnpackedYet() {
        Bpfree bpfree = Bpfree.in(folder).withJvm("-Dorg.bytedeco.javacpp.cachedir=" + folder.resolve("cache"));
        bpfree.file("tiny.yaml", Experiments.tiny());
        bpfree.run("train", "--config", "tiny.yaml", "--threads", "1").exits(0);
        bpfree.run("train", "--config", "tiny.yaml", "--threads", "1", "--set", "training.precision=float64")
                .exits(0);
        assertThat(folder.resolve("cache")).isNotEmptyDirectory();
    }
}
