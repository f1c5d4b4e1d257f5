package org.bpfree.report;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import com.google.protobuf.Value;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.framework.Summary;
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
 * @param settings that the plugin hparams shows, by path: numbers, truth values and texts
 * @param startsSession whether TensorBoard forgets the steps from here on that it knows
 */
public record ReadEvent(
        String version,
        double wallTime,
        long step,
        Map<String, Float> figures,
        Map<String, Object> settings,
        boolean startsSession) {
    private static final int SESSION_START = 3; // of HParamsPluginData
    private static final int ENTRIES = 1; // of SessionStartInfo

    /** All events of a file; fails where a checksum is wrong. */
    public static List<ReadEvent> all(Path file) throws IOException {
        List<ReadEvent> events = new ArrayList<>();
        TFRecordReader reader = new TFRecordReader(new ByteArrayInputStream(Files.readAllBytes(file)), true);
        for (byte[] record = reader.read(); record != null; record = reader.read()) {
            events.add(of(Event.parseFrom(record)));
        }
        return events;
    }

    private static ReadEvent of(Event event) throws IOException {
        Map<String, Float> figures = new LinkedHashMap<>();
        Map<String, Object> settings = new LinkedHashMap<>();
        for (Summary.Value value : event.getSummary().getValueList()) {
            if (value.getMetadata().getPluginData().getPluginName().equals("hparams")) {
                settings.putAll(settings(value.getMetadata().getPluginData().getContent()));
            } else {
                figures.put(value.getTag(), value.getSimpleValue());
            }
        }
        return new ReadEvent(
                event.getFileVersion(),
                event.getWallTime(),
                event.getStep(),
                figures,
                settings,
                event.getSessionLog().getStatus() == SessionLog.SessionStatus.START);
    }

    private static Map<String, Object> settings(ByteString content) throws IOException {
        UnknownFieldSet data = UnknownFieldSet.parseFrom(content);
        UnknownFieldSet start = UnknownFieldSet.parseFrom(
                data.getField(SESSION_START).getLengthDelimitedList().get(0));
        Map<String, Object> settings = new LinkedHashMap<>();
        for (ByteString entry : start.getField(ENTRIES).getLengthDelimitedList()) {
            UnknownFieldSet pair = UnknownFieldSet.parseFrom(entry);
            Value value =
                    Value.parseFrom(pair.getField(2).getLengthDelimitedList().get(0));
            String path = pair.getField(1).getLengthDelimitedList().get(0).toStringUtf8();
            settings.put(
                    path,
                    value.hasNumberValue()
                            ? (Object) value.getNumberValue()
                            : value.hasBoolValue() ? (Object) value.getBoolValue() : value.getStringValue());
        }
        return settings;
    }
}
