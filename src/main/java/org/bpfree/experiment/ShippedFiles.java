package org.bpfree.experiment;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The experiments and sweeps that come with bpfree: the files of the folder {@code configs}, which the JAR holds. */
public final class ShippedFiles {
    private static final String FOLDER = "configs";
    private static final String ONE_OF_THEM = "/" + FOLDER + "/quickstart.yaml";
    private static final String ENDING = ".yaml";

    private ShippedFiles() {}

    /**
     * A file.
     *
     * @param name below the folder, such as {@code sweeps/smoke.yaml}
     * @param text its content
     */
    public record ShippedFile(String name, String text) {
        /** What it is for: the first sentence of the comment it begins with, or nothing. */
        public String summary() {
            String comment = text.lines()
                    .takeWhile(line -> line.startsWith("#"))
                    .map(line -> line.substring(1).strip())
                    .reduce("", (before, line) -> (before + " " + line).strip());
            return comment.replaceFirst("\\.\\s.*", "").replaceFirst("\\.$", "");
        }

        /** The name without folders. */
        public String fileName() {
            return name.substring(name.lastIndexOf('/') + 1);
        }
    }

    /** All files, sorted by name. */
    public static List<ShippedFile> all() {
        return names().stream().map(ShippedFiles::read).toList();
    }

    /**
     * The file that somebody means who is in another folder: by its name, with or without folders and ending, such as
     * {@code smoke}, {@code sweeps/smoke.yaml} or {@code configs/sweeps/smoke.yaml}.
     */
    public static Optional<ShippedFile> find(Path meant) {
        String wanted = meant.toString()
                .replace('\\', '/')
                .replaceFirst("^(\\.{1,2}/)+", "")
                .replaceFirst("^" + FOLDER + "/", "");
        String file = wanted.endsWith(ENDING) ? wanted : wanted + ENDING;
        return names().stream()
                .filter(name -> name.equals(file) || name.endsWith("/" + file))
                .findFirst()
                .map(ShippedFiles::read);
    }

    private static ShippedFile read(String name) {
        try (InputStream in = ShippedFiles.class.getResourceAsStream("/" + FOLDER + "/" + name)) {
            return new ShippedFile(name, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> names() {
        URL one = ShippedFiles.class.getResource(ONE_OF_THEM);
        try {
            if (one.openConnection() instanceof JarURLConnection jar) {
                Path file = Path.of(jar.getJarFileURL().toURI());
                try (FileSystem content = FileSystems.newFileSystem(file, (ClassLoader) null)) {
                    return names(content.getPath("/" + FOLDER));
                }
            }
            return names(Path.of(one.toURI()).getParent());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException("places on the class path are addresses", e);
        }
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.map(file -> folder.relativize(file).toString().replace('\\', '/'))
                    .filter(name -> name.endsWith(ENDING))
                    .sorted()
                    .toList();
        }
    }
}
