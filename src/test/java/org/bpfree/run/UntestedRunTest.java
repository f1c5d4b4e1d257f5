package org.bpfree.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.bpfree.data.Checksums;
import org.bpfree.data.Splits;
import org.bpfree.data.catalogue.DatasetLoader;
import org.bpfree.experiment.ExperimentLoader;
import org.bpfree.experiment.LoadedExperiment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code training.test: false}: the test images are not opened, whatever happens. */
class UntestedRunTest {
    private static final String EXPERIMENT = """
            name: untested
            data: {dataset: synthetic, synthetic: {size: 8, train: 80, test: 20}, validation: 20}
            model: {layers: [{type: flatten}, {type: dense, units: 10}]}
            learner: {type: backprop}
            optimizer: {type: sgd, learningRate: 0.1}
            training: {epochs: 2, batchSize: 20, test: %s}
            """;

    @TempDir
    private Path folder;

    @Test
    void noTestImageIsAskedForAndNoFigureOfThemIsWritten() {
        RunResult result = train("false").orElseThrow();

        assertThat(result.test().accuracy()).isNull();
        assertThat(result.test().loss()).isNull();
        assertThat(result.validation().accuracy()).isNotNull();
        assertThat(folder.resolve("run/confusion.json")).doesNotExist();
        assertThat(folder.resolve("run/correct.json")).doesNotExist();
        assertThat(RunRecord.read(new RunFolder(folder.resolve("run"))).correct())
                .isEmpty();
    }

    @Test
    void aRunThatIsTestedOpensThem() {
        assertThatThrownBy(() -> train("true")).isInstanceOf(TestSplitWasRead.class);
    }

    @Test
    void whichImagesWereRightIsWrittenDown() throws IOException {
        Files.createDirectories(folder);
        LoadedExperiment loaded = loaded("true");
        Splits splits = DatasetLoader.open(
                loaded.experiment().data(), folder, loaded.experiment().seed());
        RunFolder run = RunFolder.createExactly(folder.resolve("run"));
        RunResult result = Training.start(loaded, run, Optional.empty())
                .run(splits, new SilentSession())
                .orElseThrow();

        CorrectImages correct = CorrectImages.read(run).orElseThrow();
        assertThat(correct.images()).isEqualTo(20);
        assertThat(correct.which().cardinality() / 20.0).isEqualTo(result.test().accuracy());
    }

    private static final class TestSplitWasRead extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private Optional<RunResult> train(String test) {
        LoadedExperiment loaded = loaded(test);
        Splits whole = DatasetLoader.open(
                loaded.experiment().data(), folder, loaded.experiment().seed());
        Splits guarded = new Splits(
                whole.train(),
                whole.validation(),
                () -> {
                    throw new TestSplitWasRead();
                },
                new Checksums(),
                whole.normalizer());
        RunFolder run = RunFolder.createExactly(folder.resolve("run"));
        return Training.start(loaded, run, Optional.empty()).run(guarded, new SilentSession());
    }

    private static LoadedExperiment loaded(String test) {
        return ExperimentLoader.installed().read("experiment", EXPERIMENT.formatted(test), List.of());
    }
}
