package org.bpfree.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.bpfree.experiment.Experiment;
import org.bpfree.experiment.ExperimentLoader;
import org.bpfree.experiment.InstalledTypes;
import org.bpfree.experiment.ResolvedYaml;
import org.bpfree.failure.Failure;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The manifest of a run")
class ManifestTest {
    private static final Experiment EXPERIMENT = new ExperimentLoader(InstalledTypes.find(), List.of())
            .read("test", """
                    name: test
                    seed: 11
                    data: {dataset: synthetic}
                    model: {layers: [{type: flatten}, {type: dense, units: 10}]}
                    learner: {type: backprop}
                    optimizer: {type: sgd, learningRate: 0.1}
                    training: {epochs: 1}
                    """, List.of())
            .experiment();

    @TempDir
    private Path temporary;

    private RunFolder folder;
    private Path file;

    @BeforeEach
    void make() {
        folder = RunFolder.createAnew(temporary.resolve("run"));
        file = folder.file("manifest.json");
    }

    /** A session of which only threads and arguments matter. */
    private record Threads(int threads, List<String> arguments) implements Session {
        @Override
        public PrintWriter screen() {
            return new PrintWriter(new StringWriter());
        }

        @Override
        public boolean quiet() {
            return true;
        }

        @Override
        public Progress progress(Console console, Experiment experiment) {
            throw new AssertionError("nothing is shown");
        }

        @Override
        public StopRequest stop() {
            throw new AssertionError("nothing is trained");
        }

        @Override
        public void lost(RunFolder run) {
            throw new AssertionError("nothing is locked");
        }
    }

    private Manifest begin(int threads, Map<String, String> checksums) {
        return Manifest.begin(folder, EXPERIMENT, new Threads(threads, List.of("train", "-t" + threads)), checksums);
    }

    private Manifest read() {
        return Manifest.require(folder).orElseThrow();
    }

    @Test
    @DisplayName("says where the run comes from before it ends, and how it ended afterwards")
    void roundTrip() {
        Manifest manifest = begin(2, Map.of("train.gz", "aa"));
        assertThat(read()).isEqualTo(manifest);
        assertThat(read().session().ended()).isNull();
        assertThat(read().session().exitCode()).isNull();
        assertThat(read().facts().seed()).isEqualTo(11);
        assertThat(read().facts().configurationHash()).isEqualTo(ResolvedYaml.configurationHash(EXPERIMENT));
        manifest.finish(folder, 130, Map.of("train.gz", "aa", "test.gz", "bb"));
        assertThat(read().session().exitCode()).isEqualTo(130);
        assertThat(read().session().ended()).isNotNull();
        assertThat(read().facts().datasetSha256()).containsOnlyKeys("train.gz", "test.gz");
        assertThat(read().threads()).hasValue(2);
    }

    @Test
    @DisplayName("keeps earlier sessions, the first one first, each with its threads; one that was killed has no end")
    void sessions() {
        begin(1, Map.of()).finish(folder, 130, Map.of());
        begin(2, Map.of());
        begin(3, Map.of());
        assertThat(read().earlierSessions())
                .extracting(Manifest.SessionFacts::threads)
                .containsExactly(1, 2);
        assertThat(read().earlierSessions())
                .extracting(Manifest.SessionFacts::exitCode)
                .containsExactly(130, null);
        assertThat(read().session().commandLine()).containsExactly("train", "-t3");
    }

    @Test
    @DisplayName("refuses other data files, and warns of another number of threads")
    void comparison() {
        begin(2, Map.of("train.gz", "aa"));
        assertThat(Manifest.compareWithEarlier(folder, 2, Map.of("train.gz", "aa")))
                .isEmpty();
        assertThat(Manifest.compareWithEarlier(folder, 4, Map.of("train.gz", "aa")))
                .singleElement()
                .asString()
                .contains("began with threads 2 and goes on with 4");
        assertThatThrownBy(() -> Manifest.compareWithEarlier(folder, 2, Map.of("train.gz", "cc")))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("train.gz has changed since the run began (SHA-256 aa then, cc now)");
        assertThat(Manifest.otherFiles(folder, Map.of("train", "dd")))
                .singleElement()
                .asString()
                .contains("the run read train.gz, not train");
        assertThat(Manifest.otherFiles(folder, Map.of())).isEmpty();
    }

    @Test
    @DisplayName("that is missing leaves open whether the data are the same, and says so")
    void missing() {
        assertThat(Manifest.read(folder)).isEmpty();
        assertThat(Manifest.require(folder)).isEmpty();
        assertThat(Manifest.compareWithEarlier(folder, 2, Map.of("train.gz", "aa")))
                .singleElement()
                .asString()
                .contains("manifest.json")
                .endsWith("whether the dataset of the run is unchanged is not known.");
    }

    @Test
    @DisplayName("cut off anywhere is told as damaged, and a session that begins writes another")
    void damaged() throws IOException {
        begin(2, Map.of("train.gz", "aa"));
        String whole = Files.readString(file).stripTrailing();
        for (int length = 0; length < whole.length(); length += 23) {
            Files.writeString(file, whole.substring(0, length));
            assertThat(Manifest.read(folder)).as("cut off at %d", length).isEmpty();
            assertThatThrownBy(() -> Manifest.require(folder))
                    .isInstanceOf(Failure.class)
                    .hasMessageContaining("is damaged");
            assertThat(Manifest.compareWithEarlier(folder, 2, Map.of("train.gz", "aa")))
                    .singleElement()
                    .asString()
                    .contains("is damaged");
        }
        begin(3, Map.of());
        assertThat(read().earlierSessions()).isEmpty();
    }

    @Test
    @DisplayName("of another version is read, and what it does not say is unknown")
    void otherVersions() throws IOException {
        Files.writeString(file, "{\"of-the-future\": 1}");
        assertThat(read().facts().datasetSha256()).isEmpty();
        assertThat(read().threads()).isEmpty();
        assertThat(Manifest.compareWithEarlier(folder, 2, Map.of("train.gz", "aa")))
                .isEmpty();
    }
}
