package org.bpfree.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bpfree.report.ReadEvent;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Event files, read back by TensorFlow's record reader and message classes. */
@Tag("tensorflow") // reads with classes that ND4J has under the same names: a run of its own in the POM
class EventFileTest {
    private static final Clock CLOCK = Clock.fixed(Instant.ofEpochMilli(1_700_000_000_250L), ZoneOffset.UTC);

    private static final Map<String, String> SETTINGS = Map.of(
            "name", "trial", "optimizer.learningRate", "0.1", "training.twin", "true", "model.layers.0.type", "dense");

    @TempDir
    Path folder;

    @Test
    void theSettingsOfTheRunAreThereForThePageOfHyperparametersButThoseOfLayers() throws IOException {
        EventFile.create(folder, 0, SETTINGS, CLOCK).flush();

        assertThat(ReadEvent.all(onlyFile()).get(1).settings())
                .isEqualTo(Map.of("name", "trial", "optimizer.learningRate", 0.1, "training.twin", true));
    }

    @Test
    void tensorFlowReadsTheFiguresBack() throws IOException {
        EventFile file = EventFile.create(folder, 0, SETTINGS, CLOCK);
        file.figures(100, Map.of("train/loss", 0.5));
        file.figures(200, Map.of("train/loss", 0.25));
        file.figures(300, Map.of("alignment/conv1/weights/updateAngle", Double.NaN));
        file.flush();

        List<ReadEvent> events = ReadEvent.all(onlyFile());

        assertThat(events.get(0).version()).isEqualTo("brain.Event:2");
        assertThat(events.get(0).wallTime()).isEqualTo(1_700_000_000.25);
        assertThat(events.subList(2, 5)).extracting(ReadEvent::step).containsExactly(100L, 200L, 300L);
        assertThat(events.get(2).figures()).isEqualTo(Map.of("train/loss", 0.5f));
        assertThat(events.get(3).figures()).isEqualTo(Map.of("train/loss", 0.25f));
        assertThat(events.get(4).figures().get("alignment/conv1/weights/updateAngle"))
                .isNaN();
    }

    @Test
    void severalFiguresOfAMomentAreOneEvent() throws IOException {
        EventFile file = EventFile.create(folder, 0, SETTINGS, CLOCK);
        file.figures(7, Map.of("train/loss", 1.0, "train/accuracy", 0.75));
        file.flush();

        assertThat(ReadEvent.all(onlyFile()).get(2).figures())
                .isEqualTo(Map.of("train/loss", 1.0f, "train/accuracy", 0.75f));
    }

    @Test
    void aResumedRunMakesTensorBoardForgetWhatLiesBehindTheCheckpoint() throws IOException {
        EventFile first = EventFile.create(folder, 0, SETTINGS, CLOCK);
        first.figures(10, Map.of("train/loss", 1.0));
        first.figures(20, Map.of("train/loss", 0.9));
        first.flush();
        EventFile second = EventFile.create(folder, 10, SETTINGS, CLOCK);
        second.figures(20, Map.of("train/loss", 0.8));
        second.flush();

        List<Path> files = files();
        assertThat(files).hasSize(2);
        ReadEvent start = ReadEvent.all(files.get(1)).get(1);
        assertThat(start.startsSession()).isTrue();
        assertThat(start.step()).as("steps from here on are forgotten").isEqualTo(11);
    }

    @Test
    void recordsLongerThanTheBufferAreWhole() throws IOException {
        EventFile file = EventFile.create(folder, 0, SETTINGS, CLOCK);
        String name = "a".repeat(20_000);
        file.figures(1, Map.of(name, 3.0));
        file.flush();

        assertThat(ReadEvent.all(onlyFile()).get(2).figures()).containsOnlyKeys(name);
    }

    @Test
    void aChangedByteIsNoticedByTheReader() throws IOException {
        EventFile file = EventFile.create(folder, 0, SETTINGS, CLOCK);
        file.figures(1, Map.of("train/loss", 3.0));
        file.flush();
        byte[] bytes = Files.readAllBytes(onlyFile());
        bytes[bytes.length - 6]++;
        Files.write(onlyFile(), bytes);

        assertThatThrownBy(() -> ReadEvent.all(onlyFile())).isInstanceOf(IOException.class);
    }

    private Path onlyFile() throws IOException {
        List<Path> files = files();
        assertThat(files).hasSize(1);
        return files.get(0);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }
}
