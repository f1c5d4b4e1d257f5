package org.bpfree.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The scripts around bpfree, beside a stand-in for it that notes how it was called. */
@DisabledOnOs(OS.WINDOWS)
class ScriptsTest {
    private static final Path SCRIPTS = Path.of("scripts").toAbsolutePath();

    @TempDir
    private Path folder;

    private Path scripts;

    @BeforeEach
    void layOut() throws IOException {
        scripts = Files.createDirectories(folder.resolve("the project/scripts"));
        for (String each : List.of("sweep-local.sh", "sweep-slurm.sh", "reproduce.sh", "compare-z-il.sh")) {
            Files.copy(SCRIPTS.resolve(each), scripts.resolve(each), java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
        }
        Path bpfree = Files.writeString(scripts.resolve("bpfree"), """
                #!/bin/sh
                echo "$*" >>"$CALLS"
                case $* in
                    doctor*) [ -z "$REFUSE" ] || { echo "bpfree: error: refused" >&2; exit 2; }
                        echo '{"threads":3,"backend":"x 7"}' ;;
                    *--only*) echo 0-5 ;;
                esac
                """);
        assertThat(bpfree.toFile().setExecutable(true)).isTrue();
        Files.writeString(folder.resolve("plan.jsonl"), "{\"sweep\":\"trial\"}\n");
        Path sweeps = Files.createDirectories(folder.resolve("the project/configs/sweeps"));
        Files.writeString(sweeps.resolve("small.yaml"), "name: small\n");
        Files.writeString(folder.resolve("the project/README.md"), "<!-- reproduce -->\n<!-- /reproduce -->\n");
    }

    /** Runs a script; returns its exit code. */
    private int run(boolean refuse, Path script, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(script.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("out").toFile());
        builder.environment().put("CALLS", folder.resolve("calls").toString());
        builder.environment().put("REFUSE", refuse ? "yes" : "");
        builder.environment().put("OMP_NUM_THREADS", "4,2"); // no script reads it by itself
        return builder.start().waitFor();
    }

    private List<String> calls() throws IOException {
        return Files.readAllLines(folder.resolve("calls"), StandardCharsets.UTF_8);
    }

    static Stream<List<String>> calledWith() {
        return Stream.of(
                List.of("sweep-local.sh", "plan.jsonl"),
                List.of("sweep-slurm.sh", "plan.jsonl", "--dry-run"),
                List.of("reproduce.sh", "--only", "small"),
                List.of("compare-z-il.sh", "1"));
    }

    @ParameterizedTest
    @MethodSource("calledWith")
    void workThroughSymbolicLinks(List<String> call) throws IOException, InterruptedException {
        Path other = Files.createDirectories(folder.resolve("bin"));
        Path absolute = Files.createSymbolicLink(other.resolve("absolute"), scripts.resolve(call.get(0)));
        Path relative =
                Files.createSymbolicLink(other.resolve("relative"), Path.of("../the project/scripts", call.get(0)));
        Path chain = Files.createSymbolicLink(folder.resolve("chain"), Path.of("bin/relative"));
        for (Path each : List.of(scripts.resolve(call.get(0)), absolute, relative, chain, Path.of("bin/relative"))) {
            Files.deleteIfExists(folder.resolve("calls"));
            run(false, each, call.subList(1, call.size()).toArray(String[]::new));
            assertThat(folder.resolve("calls"))
                    .as(call.get(0) + " through " + each)
                    .isNotEmptyFile();
        }
    }

    @Test
    void theLocalSweepLeavesTheNumberOfThreadsToBpfree() throws IOException, InterruptedException {
        assertThat(run(false, scripts.resolve("sweep-local.sh"), "plan.jsonl")).isZero();
        assertThat(calls()).first().isEqualTo("sweep run plan.jsonl");

        assertThat(run(false, scripts.resolve("sweep-local.sh"), "plan.jsonl", "2", "--runs", "r"))
                .isZero();
        assertThat(calls()).contains("sweep run plan.jsonl --parallel 2 --runs r", "sweep status plan.jsonl --runs r");
    }

    @Test
    void reproducingAsksBpfreeForTheNumberOfThreads() throws IOException, InterruptedException {
        run(false, scripts.resolve("reproduce.sh"), "--only", "small");
        assertThat(calls())
                .anyMatch(line -> line.startsWith("sweep run ") && line.contains(" --parallel 3 --threads 3 "));

        assertThat(run(true, scripts.resolve("reproduce.sh"), "--only", "small"))
                .isEqualTo(2);
        assertThat(folder.resolve("out")).content().contains("bpfree: error: refused");
    }

    @Test
    void noScriptCountsProcessorsByItself() throws IOException {
        try (Stream<Path> files = Files.list(SCRIPTS)) {
            for (Path each : files.filter(Files::isRegularFile).toList()) {
                assertThat(Files.readString(each))
                        .as(each.toString())
                        .doesNotContain("NPROCESSORS", "nproc", "cpu_count", "NUMBER_OF_PROCESSORS", "get_num_threads");
            }
        }
    }
}
