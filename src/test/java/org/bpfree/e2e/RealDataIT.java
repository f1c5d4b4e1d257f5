package org.bpfree.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The shipped experiments on real data, where {@code BPFREE_DATA} names a folder that has it; cut to a few seconds. */
@EnabledIfEnvironmentVariable(named = "BPFREE_DATA", matches = ".+")
class RealDataIT {
    private final Path data =
            Path.of(System.getenv().getOrDefault("BPFREE_DATA", "")).toAbsolutePath();

    @TempDir
    private Path folder;

    private Bpfree bpfree;

    @BeforeEach
    void inFolder() {
        bpfree = Bpfree.in(folder).withData(data);
    }

    @Test
    void isSound() {
        bpfree.run("data", "verify").exits(0);
    }

    @ParameterizedTest
    @CsvSource({"ekdaa-cifar10.yaml, cifar-10", "ekdaa-fashion-mnist.yaml, fashion-mnist", "ekdaa-svhn.yaml, svhn"})
    void trains(String config, String dataset) {
        Path file = Path.of("configs", config).toAbsolutePath();
        assumeThat(Files.exists(file)).as(file + " exists").isTrue();
        assumeThat(data.resolve(dataset)).isDirectory();

        bpfree.run(
                        "train",
                        "--config",
                        file.toString(),
                        "--threads",
                        "1",
                        "--run-dir",
                        "run",
                        "--set",
                        "data.trainLimit=500",
                        "--set",
                        "data.validation=0",
                        "--set",
                        "data.testLimit=200",
                        "--set",
                        "training.epochs=1")
                .exits(0);

        assertThat(new RunFiles(folder.resolve("run"))
                        .result()
                        .get("testAccuracy")
                        .asDouble())
                .isBetween(0.0, 1.0);
    }
}
