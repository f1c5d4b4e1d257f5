package org.bpfree.measure.pytorch;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.bpfree.failure.Failure;
import org.bpfree.files.AtomicFile;
import org.bpfree.files.InputFile;
import org.bpfree.measure.Layout;

/**
 * Files as {@code torch.save} writes them of a state dict: a ZIP that is not compressed, with a pickle {@code data.pkl} and one file of raw
 * elements a tensor, all below one folder. {@code torch.load} opens them without any code of this program. Equal content gives equal bytes.
 */
public final class TorchFile {
    private static final String FOLDER = "weights/";
    private static final String PICKLE = "/data.pkl";

    private TorchFile() {}

    /**
     * Writes a state dict, atomically.
     *
     * @param layout text that goes with it as {@code layout.json}; PyTorch takes no notice of it
     */
    public static void write(Path file, Map<String, TorchArray> arrays, String layout) {
        AtomicFile.write(file, channel -> {
            ZipOutputStream zip = new ZipOutputStream(Channels.newOutputStream(channel));
            put(zip, "data.pkl", ByteBuffer.wrap(StateDictPickle.of(arrays)));
            int storage = 0;
            for (TorchArray array : arrays.values()) {
                put(zip, "data/" + storage++, array.elements());
            }
            put(zip, "byteorder", StandardCharsets.US_ASCII.encode("little"));
            put(zip, Layout.FILE, StandardCharsets.UTF_8.encode(layout));
            put(zip, "version", StandardCharsets.US_ASCII.encode("3\n"));
            zip.finish();
        });
    }

    private static void put(ZipOutputStream zip, String name, ByteBuffer content) throws IOException {
        byte[] bytes = new byte[content.remaining()];
        content.duplicate().get(bytes);
        CRC32 checksum = new CRC32();
        checksum.update(bytes);
        ZipEntry entry = new ZipEntry(FOLDER + name);
        entry.setLastModifiedTime(FileTime.fromMillis(0));
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(bytes.length);
        entry.setCrc(checksum.getValue());
        zip.putNextEntry(entry);
        zip.write(bytes);
        zip.closeEntry();
    }

    /** Whether a file is one that {@code torch.save} writes; false, too, for what cannot be read. */
    public static boolean isOne(Path file) {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            return pickle(zip).isPresent();
        } catch (IOException e) {
            return false;
        }
    }

    private static Optional<? extends ZipEntry> pickle(ZipFile zip) {
        return zip.stream().filter(entry -> entry.getName().endsWith(PICKLE)).findFirst();
    }

    /**
     * Reads a state dict.
     *
     * @throws Failure if the file cannot be read or holds something else
     */
    public static Map<String, TorchArray> read(Path file) {
        Map<String, TorchArray> arrays = new LinkedHashMap<>();
        try (ZipFile zip = new ZipFile(file.toFile())) {
            ZipEntry pickle = pickle(zip).orElseThrow(() -> new PickleReader.Unreadable("it has no data.pkl"));
            String folder = pickle.getName().substring(0, pickle.getName().length() - PICKLE.length());
            ZipEntry order = zip.getEntry(folder + "/byteorder");
            if (order != null
                    && !new String(zip.getInputStream(order).readAllBytes(), StandardCharsets.US_ASCII)
                            .equals("little")) {
                throw new PickleReader.Unreadable("its numbers are big-endian, which is not supported");
            }
            for (Map.Entry<String, PickleReader.Lying> entry :
                    PickleReader.read(zip.getInputStream(pickle).readAllBytes()).entrySet()) {
                arrays.put(entry.getKey(), array(zip, folder, entry.getKey(), entry.getValue()));
            }
        } catch (PickleReader.Unreadable e) {
            throw Failure.usage("the PyTorch file " + file + " cannot be read: " + e.getMessage());
        } catch (IOException e) {
            throw InputFile.cannotRead(Failure.Kind.USAGE, file, e);
        }
        return arrays;
    }

    private static TorchArray array(ZipFile zip, String folder, String name, PickleReader.Lying lying)
            throws IOException, PickleReader.Unreadable {
        PickleReader.Storage storage = lying.storage();
        TorchArray.Type type = null;
        for (TorchArray.Type each : TorchArray.Type.values()) {
            type = each.storage.equals(storage.type()) ? each : type;
        }
        if (type == null) {
            throw new PickleReader.Unreadable("'" + name + "' lies in a " + storage.type()
                    + ", which is not supported; FloatStorage and DoubleStorage are (model.float() before saving)");
        }
        ZipEntry entry = zip.getEntry(folder + "/data/" + storage.key());
        if (entry == null) {
            throw new PickleReader.Unreadable("it is damaged: the elements of '" + name + "' are missing");
        }
        byte[] elements = zip.getInputStream(entry).readAllBytes();
        try {
            return new TorchArray(type, lying.shape(), inOrder(type, lying, elements));
        } catch (IndexOutOfBoundsException | ArithmeticException e) {
            throw new PickleReader.Unreadable("it is damaged: '" + name + "' has fewer elements than its shape says");
        }
    }

    /** The elements of a tensor one after another, however it lies in its storage. */
    private static ByteBuffer inOrder(TorchArray.Type type, PickleReader.Lying lying, byte[] storage) {
        int[] shape = lying.shape();
        int size = TorchArray.size(shape);
        if ((long) size * type.bytes > storage.length) {
            throw new IndexOutOfBoundsException(size);
        }
        ByteBuffer elements = ByteBuffer.allocate(size * type.bytes).order(ByteOrder.LITTLE_ENDIAN);
        int[] places = TorchArray.strides(shape);
        for (int i = 0; i < size; i++) {
            int from = lying.offset();
            for (int axis = 0; axis < shape.length; axis++) {
                from += i / places[axis] % shape[axis] * lying.strides()[axis];
            }
            elements.put(storage, from * type.bytes, type.bytes);
        }
        return elements.flip();
    }
}
