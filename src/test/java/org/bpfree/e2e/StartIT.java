package org.bpfree.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands that need no tensors answer at once, and the JAR is whole. */
class StartIT {
    private static final Path STAT = Path.of("/proc/self/stat");
    private static final double TICKS_PER_SECOND = 100;

    @TempDir
    private Path folder;

    private Bpfree bpfree;

    @BeforeEach
    void inFolder() {
        bpfree = Bpfree.in(folder);
        bpfree.file("tiny.yaml", Experiments.tiny());
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "train --help", "list learners", "config check tiny.yaml"})
    void answersWithoutLoadingNd4j(String command) throws IOException {
        double before = childSeconds();

        bpfree.run(command.split(" ")).exits(0);

        System.out.printf("bpfree %s: %.2f s of CPU%n", command, childSeconds() - before);
        bpfree.withJvm("-Xlog:class+load:file=classes.log:none:filecount=0")
                .run(command.split(" "))
                .exits(0);
        List<String> classes = Files.readAllLines(folder.resolve("classes.log"), StandardCharsets.UTF_8);
        assertThat(classes).anyMatch(line -> line.startsWith("picocli."));
        assertThat(classes).noneMatch(line -> line.startsWith("org.nd4j.") || line.startsWith("org.bytedeco."));
    }

    @Test
    void aTrainingRunIsSeenToLoadNd4j() throws IOException {
        // Negative control of the test above.
        bpfree.withJvm("-Xlog:class+load:file=classes.log:none:filecount=0")
                .run("train", "--config", "tiny.yaml", "--threads", "1")
                .exits(0);

        assertThat(Files.readAllLines(folder.resolve("classes.log"), StandardCharsets.UTF_8))
                .anyMatch(line -> line.startsWith("org.nd4j."));
    }

    @Test
    void helpNamesEveryCommand() {
        assertThat(bpfree.run("--help").exits(0).out())
                .contains("train", "bench", "data", "list", "config", "completion", "Exit codes:", "Examples:");
    }

    @Test
    void learnersAreFoundInTheJar() {
        assertThat(bpfree.run("list", "learners").exits(0).out()).contains("backprop", "ekdaa", "shallow");
    }

    @Test
    void checksAnExperiment() {
        assertThat(bpfree.run("config", "check", "tiny.yaml").exits(0).out()).isEqualTo("tiny.yaml: ok\n");
    }

    @Test
    void versionTellsTheCommitAndTheJvm() {
        assertThat(bpfree.run("--version").exits(0).out())
                .containsPattern("bpfree [0-9.]+ \\(commit [0-9a-f]{10}|unknown")
                .contains("JVM: ");
    }

    @Test
    void onlyWhatIsNeededIsSaidOnStandardError() {
        // JavaCPP, ND4J and Logback like to talk when something is missing in the JAR.
        Outcome outcome = bpfree.run("train", "--config", "tiny.yaml", "--threads", "1", "--progress", "none");

        assertThat(outcome.exits(0).err().lines().filter(line -> !line.startsWith("WARNING: ")))
                .isEmpty();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void processorsThatThisProcessMayNotUseAreNotCounted() {
        RunningProgram pinned = bpfree.startBelow(List.of("taskset", "-c", "0"), "doctor", "--warm-cache", "--json");

        assertThat(pinned.end().exits(0).out()).contains("\"threads\":1,");
        bpfree.startBelow(List.of("taskset", "-c", "0"), "train", "--config", "tiny.yaml", "--threads", "2")
                .end()
                .failsWith(2, "--threads 2 is impossible: this process may use 1 to 1");
    }

    /** CPU time of all finished child processes of this JVM. */
    private static double childSeconds() throws IOException {
        if (!Files.exists(STAT)) {
            return Double.NaN;
        }
        String stat = Files.readString(STAT);
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[13]) + Long.parseLong(fields[14])) / TICKS_PER_SECOND;
    }
}
