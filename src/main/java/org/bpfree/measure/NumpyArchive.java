package org.bpfree.measure;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.bpfree.failure.Failure;
import org.bpfree.files.AtomicFile;
import org.bpfree.files.InputFile;
import org.bpfree.files.NumpyHeader.Unreadable;
import org.bpfree.tensor.Precision;
import org.bpfree.tensor.Tensor;

/**
 * NumPy archives ({@code .npz}): a ZIP of arrays in the {@code .npy} format, written in version 1.0 (numpy.lib.format), little-endian, C
 * order. Equal content gives equal bytes.
 */
public final class NumpyArchive {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};
    private static final int ALIGNMENT = 64;

    private final Map<String, byte[]> members = new LinkedHashMap<>();

    /** Adds a tensor under a name. */
    public void add(String name, Tensor tensor) {
        byte[] elements = new byte[Math.toIntExact(tensor.byteSize())];
        tensor.bytes().get(elements);
        String type = tensor.precision() == Precision.FLOAT32 ? "<f4" : "<f8";
        members.put(name + ".npy", array(type, tensor.shape().toArray(), elements));
    }

    /** Adds one number under a name, as an array without axes. */
    public void add(String name, double number) {
        byte[] element = ByteBuffer.allocate(Double.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putDouble(number)
                .array();
        members.put(name + ".npy", array("<f8", new int[0], element));
    }

    /** Adds the first {@code count} of some whole numbers under a name. */
    public void add(String name, int[] numbers, int count) {
        ByteBuffer elements = ByteBuffer.allocate(count * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < count; i++) {
            elements.putInt(numbers[i]);
        }
        members.put(name + ".npy", array("<i4", new int[] {count}, elements.array()));
    }

    /** Adds a text file. */
    public void addText(String fileName, String text) {
        members.put(fileName, text.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] array(String type, int[] shape, byte[] elements) {
        StringBuilder extents = new StringBuilder();
        for (int extent : shape) {
            extents.append(extent).append(", ");
        }
        String tuple = extents.length() == 0 ? "" : extents.substring(0, extents.length() - (shape.length > 1 ? 2 : 1));
        String header = "{'descr': '" + type + "', 'fortran_order': False, 'shape': (" + tuple + "), }";
        int unpadded = MAGIC.length + Short.BYTES + header.length() + 1;
        String padded = header + " ".repeat((ALIGNMENT - unpadded % ALIGNMENT) % ALIGNMENT) + "\n";
        return ByteBuffer.allocate(MAGIC.length + Short.BYTES + padded.length() + elements.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(MAGIC)
                .putShort((short) padded.length())
                .put(padded.getBytes(StandardCharsets.US_ASCII))
                .put(elements)
                .array();
    }

    /** Writes the archive, atomically. */
    public void write(Path file) {
        AtomicFile.write(file, channel -> {
            // The channel stays open: the atomic write syncs it.
            OutputStream out = Channels.newOutputStream(channel);
            ZipOutputStream zip = new ZipOutputStream(out);
            for (Map.Entry<String, byte[]> member : members.entrySet()) {
                ZipEntry entry = new ZipEntry(member.getKey());
                entry.setLastModifiedTime(FileTime.fromMillis(0));
                zip.putNextEntry(entry);
                zip.write(member.getValue());
                zip.closeEntry();
            }
            zip.finish();
        });
    }

    /**
     * The names of the arrays in an archive, in its order.
     *
     * @throws Failure if the file is missing or no archive
     */
    public static List<String> names(Path file) {
        List<String> names = new ArrayList<>();
        read(file, name -> {
            names.add(name);
            return false;
        });
        return names;
    }

    /**
     * Reads arrays of an archive; others, such as labels, are left alone.
     *
     * @param wanted says which, by name
     * @throws Failure if the file is missing or no archive, or such an array is not of float32 or float64
     */
    public static Map<String, Tensor> read(Path file, Predicate<String> wanted) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        try (ZipFile zip = new ZipFile(file.toFile())) {
            for (Enumeration<? extends ZipEntry> entries = zip.entries(); entries.hasMoreElements(); ) {
                ZipEntry entry = entries.nextElement();
                String name = entry.getName().replaceFirst("\\.npy$", "");
                if (entry.getName().endsWith(".npy") && wanted.test(name)) {
                    tensors.put(
                            name, tensor(file, name, zip.getInputStream(entry).readAllBytes()));
                }
            }
        } catch (NoSuchFileException e) {
            throw Failure.causedBy(e, Failure.Kind.USAGE, "there is no file " + file);
        } catch (ZipException e) {
            throw Failure.causedBy(
                    e,
                    Failure.Kind.USAGE,
                    file + " is not a NumPy archive: " + e.getMessage(),
                    "What torch.save writes can be read, too, if it is a state dict in the format of PyTorch 1.6 and later.");
        } catch (IOException e) {
            throw InputFile.cannotRead(Failure.Kind.USAGE, file, e);
        }
        return tensors;
    }

    private static Tensor tensor(Path file, String name, byte[] content) {
        try {
            return NumpyArray.read(content);
        } catch (Unreadable e) {
            throw unreadable(file, name, e.getMessage());
        }
    }

    private static Failure unreadable(Path file, String name, String why) {
        return Failure.usage("the array '" + name + "' in " + file + " cannot be read: " + why);
    }
}
