package org.bpfree.train;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.CRC32C;
import org.bpfree.failure.Failure;
import org.bpfree.files.AtomicFile;
import org.bpfree.files.InputFile;
import org.bpfree.files.Json;
import org.bpfree.optimizer.UpdateRule;
import org.bpfree.tensor.Shape;
import org.bpfree.tensor.Tensor;

/**
 * A file with everything a run needs to go on.
 *
 * <p>Layout: the eight bytes {@code BPFREECK}, the format version (32 bit), the length of the header (32 bit), the header as JSON, the
 * elements of all tensors in the order of the header, and the CRC-32C of everything before it (32 bit). All numbers are little-endian.
 */
public final class Checkpoint {
    private static final byte[] MAGIC = "BPFREECK".getBytes(StandardCharsets.US_ASCII);
    private static final int VERSION = 1;
    private static final int PREFIX = MAGIC.length + 2 * Integer.BYTES;

    private final Path file;
    private final Header header;
    private final Map<String, ByteBuffer> elements;

    private Checkpoint(Path file, Header header, Map<String, ByteBuffer> elements) {
        this.file = file;
        this.header = header;
        this.elements = elements;
    }

    /**
     * What is told about a run beside its tensors.
     *
     * @param configurationHash identifies the experiment
     * @param configuration the resolved experiment as YAML
     * @param state position, sums and best so far
     * @param pixelScale factor on pixels, for each channel
     * @param pixelShift added to scaled pixels, for each channel
     * @param tensors names and shapes in the order of the elements
     */
    public record Header(
            String configurationHash,
            String configuration,
            TrainingState state,
            double[] pixelScale,
            double[] pixelShift,
            List<Entry> tensors) {}

    /** One tensor in the file. */
    public record Entry(String name, int[] shape, String precision) {}

    /** Writes a checkpoint, atomically; {@code header.tensors()} is filled in from the tensors. */
    public static void write(Path file, Header header, Map<String, Tensor> tensors) {
        List<Entry> entries = new ArrayList<>();
        tensors.forEach((name, tensor) -> entries.add(
                new Entry(name, tensor.shape().toArray(), tensor.precision().name())));
        Header complete = new Header(
                header.configurationHash(),
                header.configuration(),
                header.state(),
                header.pixelScale(),
                header.pixelShift(),
                entries);
        byte[] json = toJson(complete);
        AtomicFile.write(file, channel -> {
            CRC32C crc = new CRC32C();
            ByteBuffer prefix = ByteBuffer.allocate(PREFIX + json.length).order(ByteOrder.LITTLE_ENDIAN);
            prefix.put(MAGIC).putInt(VERSION).putInt(json.length).put(json).flip();
            append(channel, crc, prefix);
            for (Tensor tensor : tensors.values()) {
                append(channel, crc, tensor.bytes());
            }
            ByteBuffer checksum = ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            AtomicFile.writeFully(channel, checksum.putInt((int) crc.getValue()).flip());
        });
    }

    private static byte[] toJson(Header header) {
        return Json.line(header).getBytes(StandardCharsets.UTF_8);
    }

    private static void append(FileChannel channel, CRC32C crc, ByteBuffer bytes) throws IOException {
        crc.update(bytes.duplicate());
        AtomicFile.writeFully(channel, bytes);
    }

    /**
     * Reads a checkpoint and checks it as a whole.
     *
     * @throws Failure if the file is missing, truncated, damaged, of a newer version, or no checkpoint at all
     */
    public static Checkpoint read(Path file) {
        byte[] content;
        try {
            content = Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw Failure.causedBy(e, Failure.Kind.FAILED, "there is no checkpoint " + file);
        } catch (IOException e) {
            throw InputFile.cannotRead(Failure.Kind.FAILED, file, e);
        } catch (OutOfMemoryError e) {
            throw Failure.causedBy(
                    e,
                    Failure.Kind.FAILED,
                    "the checkpoint " + file + " does not fit into memory: " + e.getMessage(),
                    "Give the JVM more memory with -Xmx (JAVA_OPTS of scripts/bpfree).");
        }
        ByteBuffer bytes = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
        requireMagic(file, bytes);
        int version = bytes.getInt();
        if (version > VERSION) {
            throw Failure.failed(
                    file + " has checkpoint format " + version + "; this bpfree reads up to " + VERSION,
                    "Use the version of bpfree that wrote it, or a newer one.");
        }
        requireChecksum(file, content);
        Header header = header(file, bytes);
        return new Checkpoint(file, header, elements(file, bytes, header));
    }

    private static void requireMagic(Path file, ByteBuffer bytes) {
        byte[] magic = new byte[MAGIC.length];
        if (bytes.remaining() >= PREFIX + Integer.BYTES) {
            bytes.get(magic);
        }
        if (!java.util.Arrays.equals(magic, MAGIC)) {
            throw Failure.failed(
                    file + " is not a bpfree checkpoint (" + bytes.capacity()
                            + " bytes, without the mark BPFREECK at the start)",
                    "Checkpoints are the files 'last', 'best' and 'interrupted' in the folder 'checkpoints' of a run.");
        }
    }

    private static void requireChecksum(Path file, byte[] content) {
        int covered = content.length - Integer.BYTES;
        CRC32C crc = new CRC32C();
        crc.update(content, 0, covered);
        int stored = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN).getInt(covered);
        if (stored != (int) crc.getValue()) {
            throw damaged(file, String.format(Locale.ROOT, "its checksum is %08x, its content gives %08x", stored, (int)
                    crc.getValue()));
        }
    }

    private static Header header(Path file, ByteBuffer bytes) {
        byte[] json = new byte[Math.max(0, Math.min(bytes.getInt(), bytes.remaining()))];
        bytes.get(json);
        try {
            return Json.parse(new String(json, StandardCharsets.UTF_8), Header.class);
        } catch (IOException e) {
            throw damaged(file, "its header cannot be read");
        }
    }

    private static Map<String, ByteBuffer> elements(Path file, ByteBuffer bytes, Header header) {
        Map<String, ByteBuffer> elements = new LinkedHashMap<>();
        for (Entry entry : header.tensors()) {
            long size = Shape.of(entry.shape()).size() * (entry.precision().equals("FLOAT32") ? 4 : 8);
            if (size > bytes.remaining() - Integer.BYTES) {
                throw damaged(file, "the tensor " + entry.name() + " is cut off");
            }
            elements.put(entry.name(), bytes.slice(bytes.position(), (int) size));
            bytes.position(bytes.position() + (int) size);
        }
        return elements;
    }

    private static Failure damaged(Path file, String how) {
        return Failure.failed(
                "the checkpoint " + file + " is damaged: " + how,
                "Go on from another checkpoint of the run: delete this file and resume again, or train anew.");
    }

    /** Where it was read from. */
    public Path file() {
        return file;
    }

    /** Position, configuration and normalization. */
    public Header header() {
        return header;
    }

    /**
     * Copies the stored elements into tensors of the same names and shapes.
     *
     * @throws Failure if a tensor is missing or has another shape or precision
     */
    public void restore(Map<String, Tensor> tensors) {
        Map<String, Entry> entries = new LinkedHashMap<>();
        header.tensors().forEach(entry -> entries.put(entry.name(), entry));
        tensors.forEach((name, tensor) -> {
            Entry entry = entries.get(name);
            if (entry == null && name.startsWith("optimizer/" + UpdateRule.VELOCITY)) {
                throw withOtherMomentum();
            }
            if (entry == null) {
                throw foreign(name + " is not in it");
            }
            if (!Shape.of(entry.shape()).equals(tensor.shape())
                    || !entry.precision().equals(tensor.precision().name())) {
                throw foreign(name + " is " + Shape.of(entry.shape()) + " " + entry.precision() + " there and "
                        + tensor.shape() + " " + tensor.precision() + " here");
            }
            tensor.bytes().put(elements.get(name).duplicate());
        });
    }

    private Failure withOtherMomentum() {
        return Failure.failed(
                "the checkpoint " + file
                        + " keeps momentum with the learning rate inside, which is optimizer.momentumForm:"
                        + " keras; its experiment says pytorch, or nothing, which means pytorch",
                "A run begun by a bpfree without momentumForm ends with that version. To train anew as it did, set"
                        + " optimizer.momentumForm: keras. Predictions from the checkpoint are not affected.");
    }

    private Failure foreign(String how) {
        return Failure.failed(
                "the checkpoint " + file + " belongs to another experiment: " + how,
                "Resume with the configuration the run was started with.");
    }
}
