package org.bpfree.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.framework.Summary;
import org.tensorflow.hadoop.util.TFRecordReader;
import org.tensorflow.util.Event;
import org.tensorflow.util.SessionLog;

/** Event files, read back by TensorFlow's record reader and message classes. */
class EventFileTest {
    private static final Clock CLOCK = Clock.fixed(Instant.ofEpochMilli(1_700_000_000_250L), ZoneOffset.UTC);

    @TempDir
    Path folder;

    @Test
    void tensorFlowReadsTheFiguresBack() throws IOException {
        EventFile file = EventFile.create(folder, 0, CLOCK);
        file.figures(100, Map.of("train/loss", 0.5));
        file.figures(200, Map.of("train/loss", 0.25));
        file.figures(300, Map.of("alignment/conv1/weights/updateAngle", Double.NaN));
        file.flush();

        List<Event> events = read(onlyFile());

        assertThat(events.get(0).getFileVersion()).isEqualTo("brain.Event:2");
        assertThat(events.get(0).getWallTime()).isEqualTo(1_700_000_000.25);
        assertThat(events.subList(1, 4)).extracting(Event::getStep).containsExactly(100L, 200L, 300L);
        assertThat(value(events.get(1)).getTag()).isEqualTo("train/loss");
        assertThat(value(events.get(1)).getSimpleValue()).isEqualTo(0.5f);
        assertThat(value(events.get(2)).getSimpleValue()).isEqualTo(0.25f);
        assertThat(value(events.get(3)).getSimpleValue()).isNaN();
    }

    @Test
    void severalFiguresOfAMomentAreOneEvent() throws IOException {
        EventFile file = EventFile.create(folder, 0, CLOCK);
        file.figures(7, Map.of("train/loss", 1.0, "train/accuracy", 0.75));
        file.flush();

        Summary summary = read(onlyFile()).get(1).getSummary();
        assertThat(summary.getValueList())
                .extracting(Summary.Value::getTag)
                .containsExactlyInAnyOrder("train/loss", "train/accuracy");
    }

    @Test
    void aResumedRunMakesTensorBoardForgetWhatLiesBehindTheCheckpoint() throws IOException {
        EventFile first = EventFile.create(folder, 0, CLOCK);
        first.figures(10, Map.of("train/loss", 1.0));
        first.figures(20, Map.of("train/loss", 0.9));
        first.flush();
        EventFile second = EventFile.create(folder, 10, CLOCK);
        second.figures(20, Map.of("train/loss", 0.8));
        second.flush();

        List<Path> files = files();
        assertThat(files).hasSize(2);
        Event start = read(files.get(1)).get(1);
        assertThat(start.getSessionLog().getStatus()).isEqualTo(SessionLog.SessionStatus.START);
        assertThat(start.getStep()).as("steps from here on are forgotten").isEqualTo(11);
    }

    @Test
    void recordsLongerThanTheBufferAreWhole() throws IOException {
        EventFile file = EventFile.create(folder, 0, CLOCK);
        String name = "a".repeat(20_000);
        file.figures(1, Map.of(name, 3.0));
        file.flush();

        assertThat(value(read(onlyFile()).get(1)).getTag()).isEqualTo(name);
    }

    @Test
    void aChangedByteIsNoticedByTheReader() throws IOException {
        EventFile file = EventFile.create(folder, 0, CLOCK);
        file.figures(1, Map.of("train/loss", 3.0));
        file.flush();
        byte[] bytes = Files.readAllBytes(onlyFile());
        bytes[bytes.length - 6]++;
        Files.write(onlyFile(), bytes);

        assertThatThrownBy(() -> read(onlyFile())).isInstanceOf(IOException.class);
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

    private static Summary.Value value(Event event) {
        return event.getSummary().getValue(0);
    }

    private static List<Event> read(Path file) throws IOException {
        List<Event> events = new ArrayList<>();
        TFRecordReader reader = new TFRecordReader(new ByteArrayInputStream(Files.readAllBytes(file)), true);
        for (byte[] record = reader.read(); record != null; record = reader.read()) {
            events.add(Event.parseFrom(record));
        }
        return events;
    }
}
