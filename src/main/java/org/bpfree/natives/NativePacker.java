package org.bpfree.natives;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Packs the native libraries of Linux that the JARs on the class path hold, run by the build. Their kernels are compiled from templates and much
 * alike over distances that the compression of JARs does not see: Zstandard makes a third of what that makes of them, and is unpacked faster.
 * Those of other systems stay as they are, since nothing here has tried them otherwise.
 */
public final class NativePacker {
    private static final Pattern LIBRARY =
            Pattern.compile("org/(?:bytedeco/[^/]+|nd4j/.+/bindings)/(linux-[^-/]+)[^/]*/([^/]+\\.so(?:\\.[0-9.]+)?)");

    /** A library whose one name JavaCPP asks for beside the name it is linked by. */
    private static final Map<String, String> ALIASES = Map.of("libopenblas.so.0", "libopenblas_nolapack.so.0");

    /** Twelve seconds; the levels above take minutes for a tenth less. */
    private static final int LEVEL = 9;

    /** Two to this many bytes: the largest window that the unpacking library takes. */
    private static final int LARGEST_WINDOW = 23;

    private NativePacker() {}

    /** @param arguments the folder to write to, in which {@code natives/PLATFORM.index} and {@code .zst} will stand */
    public static void main(String... arguments) throws IOException {
        List<Path> jars = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            if (entry.endsWith(".jar")) {
                jars.add(Path.of(entry));
            }
        }
        pack(jars, Path.of(arguments[0]));
    }

    /** Packs what the JARs hold, unless just that was done before. */
    static void pack(List<Path> jars, Path folder) throws IOException {
        StringBuilder sources = new StringBuilder();
        for (Path jar : jars) {
            sources.append(jar.getFileName())
                    .append(' ')
                    .append(Files.size(jar))
                    .append('\n');
        }
        Path done = folder.resolve("natives").resolve("sources.txt");
        if (Files.exists(done) && Files.readString(done).contentEquals(sources)) {
            return;
        }
        packAnew(jars, folder);
        Files.writeString(done, sources);
    }

    private static void packAnew(List<Path> jars, Path folder) throws IOException {
        Map<String, Map<String, byte[]>> platforms = new TreeMap<>();
        for (Path path : jars) {
            try (JarFile jar = new JarFile(path.toFile())) {
                for (JarEntry entry : jar.stream().toList()) {
                    Matcher matcher = LIBRARY.matcher(entry.getName());
                    if (matcher.matches()) {
                        byte[] file = jar.getInputStream(entry).readAllBytes();
                        platforms
                                .computeIfAbsent(matcher.group(1), platform -> new TreeMap<>())
                                .putIfAbsent(matcher.group(2), ElfImage.loadable(file));
                    }
                }
            }
        }
        for (Map.Entry<String, Map<String, byte[]>> each : platforms.entrySet()) {
            write(each.getKey(), each.getValue(), folder);
        }
    }

    private static void write(String platform, Map<String, byte[]> libraries, Path folder) throws IOException {
        MessageDigest content = sha256();
        List<NativeIndex.Entry> files = new ArrayList<>();
        List<NativeIndex.Link> links = new ArrayList<>();
        Path packed = folder.resolve(NativeIndex.packed(platform));
        Files.createDirectories(packed.getParent());
        try (OutputStream out = compressing(Files.newOutputStream(packed))) {
            for (Map.Entry<String, byte[]> library : libraries.entrySet()) {
                String name = library.getKey();
                content.update(name.getBytes(StandardCharsets.UTF_8));
                content.update(library.getValue());
                out.write(library.getValue());
                files.add(new NativeIndex.Entry(name, library.getValue().length));
                link(links, name, name);
                if (ALIASES.containsKey(name)) {
                    links.add(new NativeIndex.Link(ALIASES.get(name), name));
                    link(links, ALIASES.get(name), name);
                }
            }
        }
        String hash = HexFormat.of().formatHex(content.digest()).substring(0, 16);
        NativeIndex index = new NativeIndex("bpfree-natives-" + hash, files, links);
        Files.write(folder.resolve(NativeIndex.resource(platform)), index.lines());
    }

    private static OutputStream compressing(OutputStream file) throws IOException {
        ZstdOutputStream out = new ZstdOutputStream(file, LEVEL);
        out.setLong(LARGEST_WINDOW);
        return out;
    }

    /** JavaCPP makes a link without the version to each library at its first start; where it is there, the folder may be read-only. */
    private static void link(List<NativeIndex.Link> links, String name, String target) {
        String plain = name.substring(0, name.indexOf(".so") + 3);
        if (!plain.equals(name)) {
            links.add(new NativeIndex.Link(plain, target));
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }
}
