package org.bpfree.run;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import java.util.zip.CRC32C;
import org.bpfree.files.AtomicFile;
import org.bpfree.train.MetricsLog;

/**
 * The figures of a run as an event file, which TensorBoard shows while the run goes on. A session of a run has a file of its own; the
 * first event of a resumed one tells TensorBoard to forget what a killed session wrote past the checkpoint.
 *
 * <p>A record is its length (8 bytes), a checksum of the length (4), an {@code Event} message, and a checksum of that (4); numbers are
 * little-endian. Checksums are CRC-32C, rotated and shifted (TensorFlow, {@code core/lib/hash/crc32c.h}).
 */
public final class EventFile implements MetricsLog.Follower {
    private static final String VERSION = "brain.Event:2";
    private static final int MASK_DELTA = 0xa282ead8;
    private static final int MASK_ROTATION = 15;
    private static final int CHECKSUM_BYTES = Integer.BYTES;

    /** Field numbers of the messages Event, Summary, Summary.Value and SessionLog (TensorFlow, event.proto and summary.proto). */
    private static final class Field {
        static final int WALL_TIME = 1;
        static final int STEP = 2;
        static final int FILE_VERSION = 3;
        static final int SUMMARY = 5;
        static final int SESSION_LOG = 7;
        static final int VALUE = 1;
        static final int TAG = 1;
        static final int SIMPLE_VALUE = 2;
        static final int STATUS = 1;
    }

    private static final int SESSION_STARTS = 1;

    private final Path file;
    private final Clock clock;
    private ByteBuffer waiting = ByteBuffer.allocate(8192);

    private EventFile(Path file, Clock clock) {
        this.file = file;
        this.clock = clock;
    }

    /**
     * A file for a session that begins now.
     *
     * @param folder the run folder
     * @param step steps the run has behind it; above 0, later steps of earlier files are no longer shown
     * @param settings of the experiment by path, for TensorBoard's page of hyperparameters
     * @param clock tells the times of events
     */
    public static EventFile create(Path folder, long step, Map<String, String> settings, Clock clock) {
        long second = clock.instant().getEpochSecond();
        Path file = name(folder, second, 0);
        for (int attempt = 1; Files.exists(file); attempt++) {
            file = name(folder, second, attempt);
        }
        EventFile events = new EventFile(file, clock);
        events.append(events.event(0).text(Field.FILE_VERSION, VERSION));
        if (step > 0) {
            events.append(events.event(step + 1)
                    .message(Field.SESSION_LOG, new ProtocolBuffer().integer(Field.STATUS, SESSION_STARTS)));
        }
        events.append(
                events.event(step).message(Field.SUMMARY, HyperParameters.summary(settings, clock.millis() / 1e3)));
        return events;
    }

    private static Path name(Path folder, long second, int attempt) {
        return folder.resolve(String.format(Locale.ROOT, "events.out.tfevents.%010d.bpfree.%d", second, attempt));
    }

    @Override
    public void figures(long step, Map<String, Double> figures) {
        ProtocolBuffer summary = new ProtocolBuffer();
        figures.forEach((name, value) -> summary.message(
                Field.VALUE,
                new ProtocolBuffer().text(Field.TAG, name).number(Field.SIMPLE_VALUE, value.floatValue())));
        append(event(step).message(Field.SUMMARY, summary));
    }

    @Override
    public void flush() {
        waiting.flip();
        byte[] bytes = new byte[waiting.remaining()];
        waiting.get(bytes);
        waiting.clear();
        try {
            Files.write(file, bytes, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw AtomicFile.cannotWrite(file, e);
        }
    }

    private ProtocolBuffer event(long step) {
        return new ProtocolBuffer()
                .number(Field.WALL_TIME, clock.millis() / 1e3)
                .integer(Field.STEP, step);
    }

    private void append(ProtocolBuffer event) {
        byte[] data = event.toBytes();
        byte[] length = ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(data.length)
                .array();
        ByteBuffer record = ByteBuffer.allocate(length.length + data.length + 2 * CHECKSUM_BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(length)
                .putInt(maskedChecksum(length))
                .put(data)
                .putInt(maskedChecksum(data))
                .flip();
        if (waiting.remaining() < record.remaining()) {
            ByteBuffer larger = ByteBuffer.allocate(2 * (waiting.position() + record.remaining()));
            waiting = larger.put(waiting.flip());
        }
        waiting.put(record);
    }

    private static int maskedChecksum(byte[] bytes) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes);
        return Integer.rotateRight((int) checksum.getValue(), MASK_ROTATION) + MASK_DELTA;
    }
}
