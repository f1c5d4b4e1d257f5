package org.bpfree.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is wrong, a user reads one clear message, gets the right exit code, and loses nothing. */
class BadInputIT {
    private static final int FAILED = 1;
    private static final int USAGE = 2;
    private static final int DATA = 3;
    private static final int DIVERGED = 4;
    private static final int HEADER = 128; // bytes; the longest of the formats, MATLAB's, begins with 116 of free text

    @TempDir
    private Path folder;

    private Bpfree bpfree;

    @BeforeEach
    void inFolder() {
        bpfree = Bpfree.in(folder);
        bpfree.file("tiny.yaml", Experiments.tiny());
    }

    private Outcome train(String... options) {
        String[] command = {"train", "--config", "tiny.yaml", "--threads", "1", "--run-dir", "run"};
        String[] all = Arrays.copyOf(command, command.length + options.length);
        System.arraycopy(options, 0, all, command.length, options.length);
        return bpfree.run(all);
    }

    private RunFiles run() {
        return new RunFiles(folder.resolve("run"));
    }

    @Nested
    class InTheExperiment {
        @Test
        void allMisspeltKeysAreNamedAtOnceWithTheirPlaceAndTheNearestName() {
            bpfree.file(
                    "tiny.yaml",
                    Experiments.tiny()
                            .replace("optimizer:", "optimiser:")
                            .replace("units:", "unit:")
                            .replace("batchSize: 20", "batchsize: 20"));

            train().failsWith(
                            USAGE,
                            "tiny.yaml:4:49:",
                            "Did you mean 'units'?",
                            "tiny.yaml:6:1:",
                            "Did you mean 'optimizer'?",
                            "tiny.yaml:7:23:",
                            "Did you mean 'batchSize'?");
            assertThat(folder.resolve("run")).doesNotExist();
        }

        @Test
        void valuesOutOfRangeAndOfTheWrongTypeAreNamedAtOnce() {
            train("--set", "training.epochs=0", "--set", "optimizer.learningRate=fast")
                    .failsWith(USAGE, "training.epochs", "optimizer.learningRate", "fast");
        }

        @Test
        void aKernelLargerThanItsInputDoesNotFit() {
            train("--set", "model.layers=[{type: conv, filters: 4, kernel: 9, padding: valid}, {type: flatten}]")
                    .failsWith(USAGE, "model.layers", "9");
        }

        @Test
        void aNonLinearityWithoutDerivativeDoesNotFitBackpropagation() {
            String layers = "model.layers=[{type: flatten}, {type: dense, units: 20},"
                    + " {type: activation, function: signum}, {type: dense, units: 10}]";

            train("--set", layers).failsWith(USAGE, "signum", "backprop");
            train("--set", layers, "--set", "learner={type: ekdaa}").exits(0);
        }

        @Test
        void thereIsNoSuchFile() {
            bpfree.run("train", "--config", "missing.yaml").failsWith(USAGE, "missing.yaml");
        }

        @Test
        void aFolderIsNoFile() {
            bpfree.run("config", "check", ".").failsWith(USAGE, "is a directory, expected an experiment file");
        }

        @ParameterizedTest
        @ValueSource(strings = {"0", "1000", "-1", "two"})
        void impossibleNumbersOfThreads(String threads) {
            bpfree.run("train", "--config", "tiny.yaml", "--threads", threads).failsWith(USAGE, "--threads", threads);
        }

        @ParameterizedTest
        @ValueSource(strings = {"2,1", "0"})
        void aVariableThatIsNoNumberOfThreads(String variable) {
            bpfree.withVariable("OMP_NUM_THREADS", variable)
                    .run("train", "--config", "tiny.yaml", "--run-dir", "run")
                    .failsWith(USAGE, "OMP_NUM_THREADS is '" + variable + "'", "--threads");
            assertThat(folder.resolve("run")).doesNotExist();
        }
    }

    @Nested
    class InTheData {
        private Outcome trainOn(String dataset) {
            bpfree.file("on.yaml", Experiments.on(dataset));
            return bpfree.withData(folder.resolve("data"))
                    .run("train", "--config", "on.yaml", "--threads", "1", "--run-dir", "run");
        }

        private Path synth(String format, String file) {
            bpfree.run("data", "synth", "--format", format, "--out", "data", "--train", "50", "--test", "20")
                    .exits(0);
            return folder.resolve("data").resolve(file);
        }

        @Test
        void missing() {
            trainOn("fashion-mnist")
                    .failsWith(DATA, "train-images-idx3-ubyte.gz", "bpfree data get fashion-mnist", "--offline");
            assertThat(folder.resolve("run")).doesNotExist();
        }

        @ParameterizedTest
        @CsvSource({
            "idx, mnist, mnist/train-images-idx3-ubyte.gz",
            "idx, mnist, mnist/t10k-labels-idx1-ubyte.gz",
            "cifar, cifar-10, cifar-10/cifar-10-batches-bin/data_batch_3.bin",
            "svhn, svhn, svhn/train_32x32.mat"
        })
        void truncatedEmptyOrGarbled(String format, String dataset, String name) throws IOException {
            Path file = synth(format, name);
            byte[] sound = Files.readAllBytes(file);

            Files.write(file, Arrays.copyOf(sound, sound.length - 7));
            isReported(dataset, file);
            Files.write(file, new byte[0]);
            isReported(dataset, file);
            byte[] garbled = sound.clone();
            Arrays.fill(garbled, 0, Math.min(HEADER, garbled.length), (byte) 0xfe);
            Files.write(file, garbled);
            isReported(dataset, file);
        }

        private void isReported(String dataset, Path file) {
            String name = file.getFileName().toString();
            bpfree.run("data", "verify", dataset, "--data-dir", "data").exits(DATA);
            trainOn(dataset).failsWith(DATA, name);
            deleteRun();
        }

        private void deleteRun() {
            try (var files = Files.walk(folder.resolve("run"))) {
                files.sorted(java.util.Comparator.reverseOrder())
                        .forEach(path -> path.toFile().delete());
            } catch (java.nio.file.NoSuchFileException e) {
                return; // nothing was begun
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
    }

    @Nested
    class InTheRunFolder {
        private Path last;
        private byte[] sound;

        @BeforeEach
        void finishedRun() throws IOException {
            train().exits(0);
            last = folder.resolve("run/checkpoints/last");
            sound = Files.readAllBytes(last);
        }

        private Outcome resume(String... options) {
            String[] command =
                    Arrays.copyOf(new String[] {"train", "--resume", "run", "--threads", "1"}, 5 + options.length);
            System.arraycopy(options, 0, command, 5, options.length);
            return bpfree.run(command);
        }

        @Test
        void damagedCheckpoint() throws IOException {
            byte[] flipped = sound.clone();
            flipped[flipped.length / 2] ^= 1;
            Files.write(last, flipped);
            resume().failsWith(FAILED, "is damaged", "checksum");

            Files.write(last, Arrays.copyOf(sound, sound.length - 100));
            resume().failsWith(FAILED, "is damaged");

            Files.write(last, new byte[0]);
            resume().failsWith(FAILED, "is not a bpfree checkpoint");

            Files.writeString(last, "weights: lost\n".repeat(10));
            resume().failsWith(FAILED, "is not a bpfree checkpoint");

            Files.delete(last);
            resume().failsWith(FAILED, "there is no checkpoint");
        }

        @Test
        void checkpointOfAnotherExperiment() throws IOException {
            bpfree.run("train", "--config", "tiny.yaml", "--threads", "1", "--run-dir", "other", "--set", "seed=2")
                    .exits(0);
            Files.write(last, Files.readAllBytes(folder.resolve("other/checkpoints/last")));

            resume().failsWith(FAILED, "belongs to another experiment", "seed: 1 -> 2");
        }

        @Test
        void changedConfiguration() {
            resume("--config", "tiny.yaml").exits(0);
            resume("--config", "tiny.yaml", "--set", "optimizer.learningRate=0.2")
                    .failsWith(USAGE, "optimizer.learningRate: 0.1 -> 0.2");
            resume("--set", "seed=2").failsWith(USAGE, "--set");
        }

        @Test
        void aRunIsNeverOverwritten() throws IOException {
            train().failsWith(USAGE, "is not empty", "--resume run");
            assertThat(Files.readAllBytes(last)).isEqualTo(sound);

            Files.delete(last);
            train().failsWith(USAGE, "is not empty", "it holds no checkpoint");
        }

        @Test
        void aDamagedResultIsWrittenAgain() throws IOException {
            Path result = folder.resolve("run/result.json");
            String whole = Files.readString(result);
            Files.writeString(result, whole.substring(0, whole.length() / 2));

            resume().exits(0);

            assertThat(run().json("result.json").get("testAccuracy").isNumber()).isTrue();
            assertThat(run().json("manifest.json").get("earlierSessions")).hasSize(1);
        }

        @Test
        void weightsOfARunThatIsNotDoneAreToldApart() throws IOException {
            assertThat(bpfree.run("eval", "run").exits(0).err()).isEmpty();

            Files.writeString(folder.resolve("run/STATUS"), "diverged\n");

            assertThat(bpfree.run("eval", "run").exits(0).err())
                    .contains("warning: the run run is diverged, not done")
                    .contains("checkpoints");
        }

        @Test
        void noRunFolder() {
            bpfree.run("train", "--resume", "nowhere").failsWith(USAGE, "nowhere does not exist");
            bpfree.run("train", "--resume", ".").failsWith(USAGE, "is not a run folder");
            bpfree.run("train", "--resume", "latest").failsWith(USAGE, "there is no unfinished run");
        }
    }

    @Nested
    class InTheMachine {
        @Test
        void runFolderBelowAFile() {
            bpfree.run("train", "--config", "tiny.yaml", "--threads", "1", "--run-dir", "tiny.yaml/run")
                    .failsWith(FAILED, "cannot write", "--run-dir");
        }

        @Test
        @EnabledOnOs(OS.LINUX)
        void fullOrReadOnlyDisk() throws IOException, InterruptedException {
            // Permissions do not stop root, so a small file system of its own stands for the disk.
            Path disk = Files.createDirectory(folder.resolve("disk"));
            assumeThat(succeeds("mount", "-t", "tmpfs", "-o", "size=64k", "none", disk.toString()))
                    .as("may mount a file system")
                    .isTrue();
            try {
                bpfree.run(
                                "train",
                                "--config",
                                "tiny.yaml",
                                "--threads",
                                "1",
                                "--run-dir",
                                "disk/full",
                                "--set",
                                "model.layers=[{type: flatten}, {type: dense, units: 400}, {type: dense, units: 10}]")
                        .failsWith(FAILED, "cannot write disk/full/checkpoints/last", "No space left");
                assertThat(succeeds("mount", "-o", "remount,ro", disk.toString()))
                        .isTrue();
                bpfree.run("train", "--config", "tiny.yaml", "--threads", "1", "--run-dir", "disk/read-only")
                        .failsWith(FAILED, "cannot write", "Read-only file system");
            } finally {
                succeeds("umount", disk.toString());
            }
        }

        @Test
        @EnabledOnOs(OS.LINUX)
        void resultsThatCannotBePrintedAreAFailure() throws IOException, InterruptedException {
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-jar",
                            Bpfree.JAR.toString(),
                            "list",
                            "learners")
                    .redirectOutput(new java.io.File("/dev/full"))
                    .start();
            String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(process.waitFor()).as(err).isEqualTo(FAILED);
            assertThat(err).contains("No space left").doesNotContain("\tat ");
        }

        @Test
        @EnabledOnOs(OS.LINUX)
        void nativeCacheThatCannotBeWritten() {
            // JavaCPP falls back to the home and the temporary folder; none of them is there.
            Outcome outcome = bpfree.withJvm(
                            "-Dorg.bytedeco.javacpp.cachedir=/proc/x",
                            "-Duser.home=/proc/x",
                            "-Djava.io.tmpdir=/proc/x")
                    .run("train", "--config", "tiny.yaml", "--threads", "1", "--run-dir", "run");

            outcome.failsWith(
                    FAILED, "the cache folder /proc/x cannot be written", "org.bytedeco.javacpp.cachedir=FOLDER");
            assertThat(folder.resolve("run")).doesNotExist();
        }

        @Test
        void divergenceStopsTheRunAndNamesTensorAndStep() {
            bpfree.file(
                    "tiny.yaml",
                    Experiments.tiny()
                            .replace(
                                    "{type: dense, units: 10}",
                                    "{type: dense, units: 20}, {type: activation, function: relu}, {type: dense, units: 10}")
                            .replace("learningRate: 0.1", "learningRate: 1.0e6")
                            .replace("epochs: 2", "epochs: 50, divergenceFactor: 0"));

            Outcome outcome = train().failsWith(DIVERGED, "diverged at step", "epoch", "optimizer.learningRate");

            assertThat(outcome.err()).containsPattern("dense[0-9]");
            assertThat(run().status()).isEqualTo("diverged");
            assertThat(run().has("checkpoints/last")).isTrue();
            assertThat(run().json("manifest.json")
                            .get("session")
                            .get("exitCode")
                            .asInt())
                    .isEqualTo(DIVERGED);
        }

        private static boolean succeeds(String... command) throws IOException, InterruptedException {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        }
    }
}
