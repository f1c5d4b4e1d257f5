package org.bpfree.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The script for Slurm beside a bpfree that only answers which cells are to be run. */
@DisabledOnOs(OS.WINDOWS)
class SlurmScriptTest {
    @TempDir
    private Path folder;

    @Test
    void aDryRunPrintsTheJobScriptAndSubmitsNothing() throws IOException, InterruptedException {
        Path scripts = Files.createDirectories(folder.resolve("scripts"));
        Path script = Files.copy(Path.of("scripts/sweep-slurm.sh"), scripts.resolve("sweep-slurm.sh"));
        Path bpfree = Files.writeString(scripts.resolve("bpfree"), "#!/bin/sh\necho 0-5\n");
        assertThat(bpfree.toFile().setExecutable(true)).isTrue();
        Path plan = Files.writeString(folder.resolve("plan.jsonl"), "{\"sweep\":\"trial\"}\n");

        Process process = new ProcessBuilder(List.of(
                        "sh", script.toString(), plan.toString(), "--dry-run", "--throttle", "2", "--", "--mem=4G"))
                .directory(folder.toFile())
                .redirectError(folder.resolve("err").toFile())
                .start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).isZero();
        assertThat(out).startsWith("#!/bin/sh\n").contains("sweep run \"$BPFREE_PLAN\" --index \"$cell\"");
        assertThat(folder.resolve("err"))
                .content()
                .contains("'--array=0-5%2'", "'--job-name=trial'", "'--mem=4G'", "BPFREE_PLAN='");
        assertThat(folder.resolve("runs")).doesNotExist();
    }
}
