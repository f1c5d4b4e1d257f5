package org.bpfree.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** {@code scripts/reproduce.sh} with a sweep of a few seconds, in a copy of the project's layout. */
@DisabledOnOs(OS.WINDOWS)
class ReproduceIT {
    private static final Path JAVA_BIN = Path.of(System.getProperty("java.home"), "bin");
    private static final String BEFORE = "# A project\n\nWords before.\n\n";
    private static final String AFTER = "\nWords after, with a \\ and an & in them.\n";

    @TempDir
    private Path folder;

    @BeforeEach
    void layOut() throws IOException {
        Files.createDirectories(folder.resolve("scripts"));
        Files.createDirectories(folder.resolve("target"));
        for (String script : List.of("bpfree", "sweep-local.sh", "reproduce.sh")) {
            Path name = Path.of("scripts", script);
            Files.copy(name, folder.resolve(name), StandardCopyOption.COPY_ATTRIBUTES);
        }
        Files.createSymbolicLink(folder.resolve("target/bpfree.jar"), Bpfree.JAR);
        write("configs/tiny.yaml", Experiments.tiny() + "probes: {alignmentEvery: 1}\n");
        write("configs/sweeps/small.yaml", """
                name: small
                base: ../tiny.yaml
                cells: [{learner: {type: backprop}}, {optimizer.learningRate: 1.0e+300}]
                seeds: [1, 2, 3]
                """);
        write("README.md", BEFORE + "<!-- reproduce -->\nNot run.\n<!-- /reproduce -->\n" + AFTER);
    }

    private void write(String name, String content) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    private Outcome reproduce(String... options) {
        List<String> command = new ArrayList<>(List.of("scripts/reproduce.sh", "--only", "small"));
        command.addAll(List.of(options));
        Map<String, String> environment =
                Map.of("PATH", JAVA_BIN + ":/usr/bin:/bin", "JAVA_HOME", "", "JAVA_OPTS", "", "OMP_NUM_THREADS", "1");
        return RunningProgram.start(folder, environment, command).end();
    }

    private Map<Path, FileTime> results() throws IOException {
        Map<Path, FileTime> times = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder.resolve("runs"))) {
            for (Path file : files.filter(each -> each.endsWith("result.json")).toList()) {
                times.put(file, Files.getLastModifiedTime(file));
            }
        }
        return times;
    }

    @Test
    void writesMeasuredTablesBetweenTheMarkersAndGoesOnWhereItWas() throws IOException {
        Outcome first = reproduce("--seeds", "1,2", "--parallel", "1").exits(0);

        assertThat(first.out()).contains("estimated time: about ", "4 cells: 2 done, 2 diverged");
        String readme = Files.readString(folder.resolve("README.md"));
        assertThat(readme).startsWith(BEFORE + "<!-- reproduce -->\n").endsWith("<!-- /reproduce -->\n" + AFTER);
        assertThat(readme)
                .doesNotContain("Not run.")
                .contains("`scripts/reproduce.sh --only small --seeds 1,2 --parallel 1`");
        assertThat(readme).contains("| {type: backprop} |  | " + meanAccuracy() + " ± ");
        assertThat(readme)
                .containsPattern(
                        "\\| {2}\\| 1\\.0e\\+300 \\| – \\| – \\| – \\| – \\| – \\| – \\| 0 of 2, 2 diverged \\|");
        assertThat(readme).contains("Epochs: 2; images: 60 to learn, 20 to test; seeds: 1, 2; bpfree ");

        Map<Path, FileTime> before = results();
        Outcome second = reproduce("--seeds", "1,2", "--parallel", "1").exits(0);
        assertThat(second.err()).doesNotContain("begins");
        assertThat(results()).isEqualTo(before).hasSize(2);
        assertThat(Files.readString(folder.resolve("README.md"))).isEqualTo(readme);
    }

    /** In percent, over the cells that are done. */
    private String meanAccuracy() throws IOException {
        double mean = results().keySet().stream()
                .mapToDouble(file -> new RunFiles(file.getParent())
                        .result()
                        .get("testAccuracy")
                        .asDouble())
                .average()
                .orElseThrow();
        return String.format(Locale.ROOT, "%.2f", 100 * mean);
    }

    @Test
    void aFileWithoutMarkersIsRefusedBeforeAnythingRuns() throws IOException {
        write("README.md", "<!-- reproduce -->\n");

        Outcome outcome = reproduce().exits(2);

        assertThat(outcome.err()).contains("no lines <!-- reproduce --> and <!-- /reproduce -->");
        assertThat(folder.resolve("runs")).doesNotExist();
        assertThat(reproduce("--parallel", "none").exits(2).err()).contains("--parallel none");
    }
}
