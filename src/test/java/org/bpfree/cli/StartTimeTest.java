package org.bpfree.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands that answer at once load no tensor backend and no logging: either would cost more than the answer. */
class StartTimeTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--help",
                "config --help",
                "list learners",
                "list models --json",
                "list datasets",
                "config check FILE",
                "sweep plan --help"
            })
    void loadsNoBackend(String command) throws IOException, InterruptedException {
        Path file = folder.resolve("small.yaml");
        Files.writeString(file, """
                name: small
                data: {dataset: mnist}
                model: {layers: [{type: conv, filters: 4}, {type: flatten}, {type: dense, units: 10}]}
                learner: {type: ekdaa}
                optimizer: {type: adam}
                training: {epochs: 1}
                """);

        List<String> classes = classesLoadedBy(command.replace("FILE", file.toString()));

        assertThat(classes)
                .contains(Main.class.getName())
                .noneMatch(name -> name.startsWith("org.nd4j."))
                .noneMatch(name -> name.startsWith("org.bytedeco."))
                .noneMatch(name -> name.startsWith("ch.qos.logback."));
    }

    @Test
    void namesOfLibrariesAreSeen() throws IOException, InterruptedException {
        // Negative control: should the format of the log change, the test above would pass whatever is loaded.
        assertThat(classesLoadedBy("list learners")).anyMatch(name -> name.startsWith("picocli."));
    }

    private List<String> classesLoadedBy(String command) throws IOException, InterruptedException {
        Path log = folder.resolve("classes.log");
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xlog:class+load:file=" + log.getFileName() + ":none:filecount=0",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        line.addAll(List.of(command.split(" ")));
        Process process = new ProcessBuilder(line)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("out.txt").toFile())
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue())
                .as(Files.readString(folder.resolve("out.txt")))
                .isZero();
        return Files.readAllLines(log, StandardCharsets.UTF_8).stream()
                .map(entry -> entry.substring(0, Math.max(0, entry.indexOf(" source:"))))
                .toList();
    }
}
