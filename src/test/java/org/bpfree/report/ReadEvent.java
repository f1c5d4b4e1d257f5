package org.bpfree.report;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.hadoop.util.TFRecordReader;
import org.tensorflow.util.Event;
import org.tensorflow.util.SessionLog;

/**
 * An event as TensorFlow's own classes read it. They stand here alone: a test class that names them could not even be looked at on the
 * class path of the other tests.
 *
 * @param version of the file; empty but for the first event
 * @param wallTime seconds since 1970
 * @param step steps taken
 * @param figures by name
 * @param startsSession whether TensorBoard forgets the steps from here on that it knows
 */
public record ReadEvent(String version, double wallTime, long step, Map<String, Float> figures, boolean startsSession) {
    /** All events of a file; fails where a checksum is wrong. */
    public static List<ReadEvent> all(Path file) throws IOException {
        List<ReadEvent> events = new ArrayList<>();
        TFRecordReader reader = new TFRecordReader(new ByteArrayInputStream(Files.readAllBytes(file)), true);
        for (byte[] record = reader.read(); record != null; record = reader.read()) {
            events.add(of(Event.parseFrom(record)));
        }
        return events;
    }

    private static ReadEvent of(Event event) {
        Map<String, Float> figures = new LinkedHashMap<>();
        event.getSummary().getValueList().forEach(value -> figures.put(value.getTag(), value.getSimpleValue()));
        return new ReadEvent(
                event.getFileVersion(),
                event.getWallTime(),
                event.getStep(),
                figures,
                event.getSessionLog().getStatus() == SessionLog.SessionStatus.START);
    }
}
