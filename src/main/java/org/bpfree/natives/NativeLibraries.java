package org.bpfree.natives;

import com.github.luben.zstd.ZstdInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.bpfree.files.AtomicFile;

/**
 * Where the native libraries of this program are: a folder of the cache, named after their content, into which the first start unpacks them. The
 * folder appears whole or not at all; processes that start at the same time wait for the one that unpacks.
 */
public final class NativeLibraries {
    /** The system property that names the cache: that of JavaCPP, so that what it unpacks itself, on other systems, lies there, too. */
    public static final String CACHE = "org.bytedeco.javacpp.cachedir";

    /** The wording by which {@code bpfree} recognizes a cache that cannot be written. */
    public static final String NO_CACHE = "Could not create the cache";

    /** The names that JavaCPP has for machines with Linux, by those of Java. */
    private static final Map<String, String> PLATFORMS = Map.of("amd64", "linux-x86_64", "aarch64", "linux-arm64");

    private static final int BLOCK = 1 << 20;

    private NativeLibraries() {}

    /** Has JavaCPP take the libraries from the cache, unpacked there before; without effect where this program brings none packed. */
    public static void prepare() {
        Once.PREPARED.ifPresent(NativeLibraries::use);
    }

    /** The file names of the libraries that this program brings packed, of all platforms. */
    public static Set<String> bundled() {
        Set<String> names = new TreeSet<>();
        for (String platform : PLATFORMS.values()) {
            index(NativeLibraries.class.getClassLoader(), platform)
                    .ifPresent(index -> index.files().forEach(each -> names.add(each.name())));
        }
        return names;
    }

    /** Unpacking happens when this class is first asked for, once a process. */
    private static final class Once {
        static final Optional<Path> PREPARED =
                platform().flatMap(platform -> unpacked(NativeLibraries.class.getClassLoader(), platform, caches()));
    }

    private static void use(Path folder) {
        System.setProperty("java.library.path", folder.toString());
        System.setProperty("org.bytedeco.javacpp.pathsFirst", "true");
        System.setProperty(CACHE, folder.getParent().toString());
    }

    /** The folders to try, in their order, as JavaCPP tries them: the one that is chosen, else one for all that is temporary. */
    private static List<Path> caches() {
        String chosen = System.getProperty(CACHE);
        String user = System.getProperty("user.name");
        return List.of(
                (chosen != null ? Path.of(chosen) : Path.of(System.getProperty("user.home"), ".javacpp", "cache"))
                        .toAbsolutePath(),
                Path.of(System.getProperty("java.io.tmpdir"), ".javacpp-" + user, "cache")
                        .toAbsolutePath());
    }

    private static Optional<String> platform() {
        return System.getProperty("os.name").equals("Linux")
                ? Optional.ofNullable(PLATFORMS.get(System.getProperty("os.arch")))
                : Optional.empty();
    }

    private static Optional<NativeIndex> index(ClassLoader classes, String platform) {
        try (InputStream in = classes.getResourceAsStream(NativeIndex.resource(platform))) {
            return in == null
                    ? Optional.empty()
                    : Optional.of(NativeIndex.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8)
                            .lines()
                            .toList()));
        } catch (IOException e) {
            throw new UncheckedIOException(e); // of the JAR that runs
        }
    }

    /**
     * The folder of the libraries of a platform below a cache, unpacked if it is not there or lacks something.
     *
     * @param caches the folders to try; the first in which that succeeds is taken
     * @return nothing where the class path holds no libraries for the platform
     * @throws UncheckedIOException if no cache can be written, with what was wrong with the first; nothing half unpacked is left
     */
    static Optional<Path> unpacked(ClassLoader classes, String platform, List<Path> caches) {
        Optional<NativeIndex> found = index(classes, platform);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        NativeIndex index = found.get();
        IOException first = null;
        for (Path cache : caches) {
            Path folder = cache.resolve(index.folder());
            try {
                if (!complete(folder, index)) {
                    unpackAlone(classes, platform, index, folder);
                }
                return Optional.of(folder);
            } catch (IOException e) {
                first = first == null ? e : first;
            }
        }
        throw new UncheckedIOException(new IOException(NO_CACHE + ": " + AtomicFile.reason(first)));
    }

    private static boolean complete(Path folder, NativeIndex index) throws IOException {
        for (NativeIndex.Entry each : index.files()) {
            Path file = folder.resolve(each.name());
            if (!Files.isRegularFile(file) || Files.size(file) != each.bytes()) {
                return false;
            }
        }
        return true;
    }

    private static void unpackAlone(ClassLoader classes, String platform, NativeIndex index, Path folder)
            throws IOException {
        Files.createDirectories(folder.getParent());
        Path lockFile = folder.resolveSibling(index.folder() + ".lock");
        try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.lock(); // until the channel is closed
            if (!complete(folder, index)) {
                delete(folder);
                Path growing = folder.resolveSibling(index.folder() + ".unpacking");
                delete(growing); // of a process that was killed
                unpack(classes, platform, index, growing);
                Files.move(growing, folder, StandardCopyOption.ATOMIC_MOVE);
            }
        }
    }

    private static void unpack(ClassLoader classes, String platform, NativeIndex index, Path folder)
            throws IOException {
        Files.createDirectory(folder);
        System.setProperty(
                "ZstdTempFolder", folder.getParent().toString()); // code may be run there, or nothing would work
        try (InputStream packed = new ZstdInputStream(classes.getResourceAsStream(NativeIndex.packed(platform)))) {
            byte[] block = new byte[BLOCK];
            for (NativeIndex.Entry each : index.files()) {
                try (OutputStream out = Files.newOutputStream(folder.resolve(each.name()))) {
                    copy(packed, out, each, block);
                }
            }
            for (NativeIndex.Link each : index.links()) {
                Files.createSymbolicLink(folder.resolve(each.name()), Path.of(each.target()));
            }
        } catch (IOException | RuntimeException e) {
            delete(folder); // a full disk gets its space back
            throw e;
        }
    }

    private static void copy(InputStream packed, OutputStream out, NativeIndex.Entry file, byte[] block)
            throws IOException {
        long left = file.bytes();
        while (left > 0) {
            int read = packed.read(block, 0, (int) Math.min(block.length, left));
            if (read < 0) {
                throw new IOException("the packed libraries end in the midst of " + file.name());
            }
            out.write(block, 0, read);
            left -= read;
        }
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> inside = Files.walk(folder)) {
                for (Path each : inside.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(each);
                }
            }
        }
    }
}
