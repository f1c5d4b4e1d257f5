package org.bpfree.data.catalogue;

import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.bpfree.data.ImageShape;
import org.bpfree.data.catalogue.DatasetFile.Split;
import org.bpfree.data.catalogue.DatasetManifest.Format;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Reads one manifest. A mistake in it is a defect of bpfree, not of its user, so it ends in an {@link IllegalStateException}. */
final class ManifestReader {
    private static final Set<String> OPTIONAL = Set.of("sha256", "md5", "archive");

    private final String source;
    private final Map<?, ?> keys;

    private ManifestReader(String source, Object node) {
        this.source = source;
        if (!(node instanceof Map<?, ?> map)) {
            throw new IllegalStateException(source + ": expected a mapping, found " + node);
        }
        this.keys = map;
    }

    static DatasetManifest read(InputStream in, String source) {
        LoadSettings settings = LoadSettings.builder().setLabel(source).build();
        ManifestReader root = new ManifestReader(source, new Load(settings).loadFromInputStream(in));
        List<?> shape = root.list("shape");
        return new DatasetManifest(
                root.text("name"),
                root.text("title"),
                Format.valueOf(root.text("format").toUpperCase(Locale.ROOT)),
                new ImageShape((int) shape.get(0), (int) shape.get(1), (int) shape.get(2)),
                root.texts("classes"),
                (int) root.number("trainImages"),
                (int) root.number("testImages"),
                root.text("licence"),
                root.text("citation"),
                root.text("homePage"),
                root.list("files").stream()
                        .map(file -> new ManifestReader(source + " files", file).file())
                        .toList(),
                Optional.ofNullable(root.value("archive"))
                        .map(archive -> new ManifestReader(source + " archive", archive).archive()),
                root.texts("mirrors"));
    }

    private DatasetFile file() {
        return new DatasetFile(
                text("path"),
                Split.valueOf(text("split").toUpperCase(Locale.ROOT)),
                number("bytes"),
                optional("sha256"),
                optional("md5"));
    }

    private DatasetFile archive() {
        return new DatasetFile(text("path"), Split.BOTH, number("bytes"), optional("sha256"), optional("md5"));
    }

    private Object value(String key) {
        Object value = keys.get(key);
        if (value == null && !OPTIONAL.contains(key)) {
            throw new IllegalStateException(source + ": the key '" + key + "' is missing");
        }
        return value;
    }

    private String text(String key) {
        return String.valueOf(value(key));
    }

    private Optional<String> optional(String key) {
        return Stream.ofNullable(value(key)).map(String::valueOf).findFirst();
    }

    private long number(String key) {
        return ((Number) value(key)).longValue();
    }

    private List<?> list(String key) {
        return (List<?>) value(key);
    }

    private List<String> texts(String key) {
        return list(key).stream().map(String::valueOf).toList();
    }
}
